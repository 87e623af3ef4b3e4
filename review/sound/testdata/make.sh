#!/bin/sh
# What ffmpeg (5.1) measures of sounds that the tests make by the same formulas:
# silences.txt by silencedetect, a line "from to" in seconds for each.
set -eu
cd "$(dirname "$0")"

# Two people in turns on a line that hums at -54 dBFS; once both are silent for
# 1.4 s only, and once there is a click.
left='.0019*sin(2*PI*150*t)+.2*sin(2*PI*440*t)*(between(t,1,4)+between(t,12,14)+between(t,16,19.5))'
right='.0019*sin(2*PI*150*t)+.1*sin(2*PI*500*t)*(between(t,3,7.3)+between(t,15.4,17)+between(t,25,26))+.1*between(t,22.5,22.502)'
ffmpeg -v info -f lavfi -i "aevalsrc='$left|$right':s=8000:d=30" -af silencedetect=-45dB:1.5 -f null - 2>&1 |
	sed -n 's/.*silence_start: \([0-9.]*\).*/\1/p; s/.*silence_end: \([0-9.]*\) .*/\1/p' | paste -d' ' - - >silences.txt
