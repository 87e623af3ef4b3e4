#!/bin/sh
# Makes recordings without a header. Needs ffmpeg 5.1.
set -eu
cd "$(dirname "$0")"
call=../../../../assets/demo/call-01.wav
ff() { ffmpeg -y -v error "$@"; }
ff -ss 1 -t 1 -i $call -ac 1 -f mulaw call.ulaw
ff -ss 1 -t 1 -i $call -ac 1 -f alaw call.alaw
ff -ss 1 -t 1 -i $call -f s16le both.raw
