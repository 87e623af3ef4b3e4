#!/bin/sh
# Makes FLAC recordings. What they should decode to is kept as the MD5 of what
# ffmpeg (5.1) makes of them: 32-bit integers, little-endian, interleaved, the
# samples at the top. sox (14.4) encodes with libFLAC.
set -eu
cd "$(dirname "$0")"
call=../../../../assets/demo/call-01.wav
ff() { ffmpeg -y -v error "$@"; }
ff -t 3.5 -i $call -c:a flac -compression_level 8 -frame_size 576 call.flac
ff -t 1 -i $call -ac 1 -c:a flac -f flac - | cat >streamed.flac        # a pipe: no length
sox -D $call -b 16 voice.flac trim 0 2 remix 1
sox -R -n -r 24000 -c 1 -b 24 -D sweep24.flac synth 0.4 sine 100-11000
sox -R -n -r 8000 -c 2 -b 8 -D tone8.flac synth 0.4 sine 440 sine 660 vol 0.5
sox -R -n -r 11025 -c 2 -b 16 -D noise.flac synth 0.2 whitenoise       # cannot be predicted
sox -R -n -r 8000 -c 1 -b 16 -D silence.flac trim 0 0.2
sox $call -b 8 -D u8.wav trim 1 0.5
sox u8.wav -b 16 -D wasted.flac && rm u8.wav                           # the low bits are all 0
for f in *.flac; do
	echo "$(ff -i $f -f s32le - | md5sum | cut -c1-32) $f"
done >md5
