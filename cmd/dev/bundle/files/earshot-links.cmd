@echo off
rem Makes Windows hand invitations (earshot://...) to the earshot.exe beside this file.
reg add "HKCU\Software\Classes\earshot" /ve /d "URL:Earshot" /f
reg add "HKCU\Software\Classes\earshot" /v "URL Protocol" /d "" /f
reg add "HKCU\Software\Classes\earshot\shell\open\command" /ve /d "\"%~dp0earshot.exe\" \"%%1\"" /f
