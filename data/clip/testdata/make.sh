#!/bin/sh
# What ffmpeg (5.1) writes of samples at and between the steps of 16 bits:
# stereo, 8 kHz. clip.f32 goes in, clip.wav comes out.
set -eu
cd "$(dirname "$0")"
ffmpeg -y -v error -bitexact -f lavfi -i "aevalsrc='(n-200)/65536|mod(n*7919\,2003)/1000-1.0015':s=8000:d=0.05" \
	-c:a pcm_f32le -f f32le clip.f32
ffmpeg -y -v error -f f32le -ar 8000 -ac 2 -i clip.f32 -fflags +bitexact -flags +bitexact -af aresample=dither_method=none -c:a pcm_s16le clip.wav
# What sox (14.4) cuts out of a call of two tones: from 0.1 to 0.35 s, both people
# and the second alone.
sox -R -n -r 8000 -c 2 -b 16 call.wav synth 0.5 sine 440 sine 700 gain -3
sox -D call.wav cut.wav trim 0.1 =0.35
sox -D call.wav second.wav trim 0.1 =0.35 remix 2
