#!/bin/sh
# What ffmpeg (5.1) writes of samples at and between the steps of 16 bits:
# stereo, 8 kHz. clip.f32 goes in, clip.wav comes out.
set -eu
cd "$(dirname "$0")"
ffmpeg -y -v error -bitexact -f lavfi -i "aevalsrc='(n-200)/65536|mod(n*7919\,2003)/1000-1.0015':s=8000:d=0.05" \
	-c:a pcm_f32le -f f32le clip.f32
ffmpeg -y -v error -f f32le -ar 8000 -ac 2 -i clip.f32 -fflags +bitexact -flags +bitexact -af aresample=dither_method=none -c:a pcm_s16le clip.wav
