#!/bin/sh
# Makes speech in GSM 06.10 and what ffmpeg decodes it to (16-bit,
# little-endian): the samples of a second, the MD5 of sixteen. Needs ffmpeg 5.1
# with libgsm, whose decoder and ffmpeg's own must agree.
set -eu
cd "$(dirname "$0")"
call=../../../../assets/demo/call-01.wav
ff() { ffmpeg -y -v error -bitexact "$@"; }
ff -t 1 -i $call -ac 1 -c:a libgsm second.gsm
ff -t 1 -i $call -ac 1 -c:a libgsm_ms second.wav
ff -t 16 -i $call -ac 1 -c:a libgsm speech.gsm
for f in second.gsm second.wav; do
	ff -i $f -f s16le $f.s16
	own=$([ $f = second.gsm ] && echo gsm || echo gsm_ms)
	ff -c:a $own -i $f -f s16le - | cmp - $f.s16
done
ff -i speech.gsm -f s16le - | md5sum | cut -c1-32 >speech.gsm.md5
