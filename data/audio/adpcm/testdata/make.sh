#!/bin/sh
# Makes speech in both kinds of ADPCM and what ffmpeg (5.1) decodes it to
# (16-bit, little-endian, interleaved). sox (14.4) names the frames before it pads
# the last block, ffmpeg those after.
set -eu
cd "$(dirname "$0")"
call=../../../../assets/demo/call-01.wav
ff() { ffmpeg -y -v error -bitexact "$@"; }
for kind in adpcm_ima_wav adpcm_ms; do
	ff -ss 1 -t 0.5 -i $call -ac 1 -c:a $kind -block_size 256 mono-$kind.wav
	ff -ss 1 -t 0.5 -i $call -c:a $kind -block_size 512 stereo-$kind.wav
done
sox -D $call -e ima-adpcm sox-ima.wav remix 1 trim 1 0.5
for f in *.wav; do ff -i "$f" -f s16le "${f%.wav}.s16"; done
