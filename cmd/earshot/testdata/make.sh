#!/bin/sh
# Makes the recording that the sound test plays, and what ffmpeg (5.1) decodes
# it to: 16-bit little-endian, left and right. Needs sox 14.4 too.
set -eu
cd "$(dirname "$0")"
# Two people taking turns: band noise and tones with the rhythm of syllables.
sox -R -n -r 8000 -c 1 left.wav synth 2 pinknoise band 700 600 tremolo 4 95 gain -n -3
sox -R -n -r 8000 -c 1 right.wav synth 2 sine 180-900 sine 1200-300 remix 1,2 tremolo 3 95 gain -n -6
sox -R -M left.wav right.wav -e mu-law call.wav
# The same call, recorded person by person.
mkdir -p legs
sox -R call.wav legs/call-in.wav remix 1
sox -R call.wav legs/call-out.wav remix 2
ffmpeg -y -v error -i call.wav -f s16le call.s16
rm left.wav right.wav
