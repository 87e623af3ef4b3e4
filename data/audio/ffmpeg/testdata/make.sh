#!/bin/sh
# Makes the recordings of this folder: half a second of two tones, in every
# format that is left to ffmpeg. Needs ffmpeg 5.1 and sox 14.4 with libsox-fmt-all.
# What they decode to is asked of ffmpeg by the tests, but for source.s16, to
# which the lossless ones decode whoever does it.
set -eu
cd "$(dirname "$0")"
ff() { ffmpeg -y -v error -bitexact "$@"; }

sox -R -n -r 8000 -c 2 source.wav synth 0.5 sine 300 sine 700 gain -n -3
ff -i source.wav -f s16le source.s16

for name in call.m4a call.aac; do ff -i source.wav -c:a aac -b:a 24k $name; done
ff -i source.wav -c:a alac alac.m4a
ff -i source.wav -c:a libopus -b:a 24k call.webm
ff -i source.wav -c:a libvorbis -f matroska - | cat >streamed.mka      # no length in its header
ff -i source.wav -c:a wmav2 -b:a 24k call.wma
ff -i source.wav -ac 1 -c:a libspeex call.spx
ff -i source.wav call.au
ff -i source.wav -c:a pcm_s16be call.aiff
ff -i source.wav -c:a pcm_mulaw mulaw.aifc
ff -i source.wav -c:a pcm_s16be call.caf
ff -i source.wav call.w64
ff -i source.wav -ac 1 -ar 16000 call.g722
ff -i source.wav -ac 1 -c:a g726 -b:a 32k -f g726 call.g726
ff -i source.wav -ac 1 -c:a g726le -b:a 32k -f g726le call.g726-32     # as Asterisk packs it
ff -i source.wav -ac 1 -c:a g723_1 -b:a 6300 g723.wav
sox -R source.wav -c 1 call.amr-nb && mv call.amr-nb call.amr
ff -i call.amr -c:a copy call.3gp
# There is no free encoder of G.729 or AMR-WB, but any ten bytes are a frame of
# the one, and any 17 after a 4 one of the other's lowest rate.
head -c 500 call.g722 >call.g729
{
	printf '#!AMR-WB\n'
	for frame in $(seq 25); do
		printf '\004'
		tail -c +$((17 * frame)) call.g722 | head -c 17
	done
} >call.awb
sox -R -n -r 8000 -c 1 sweep.wav synth 4 sine 200-3000 gain -n -3
ff -i sweep.wav -c:a aac -b:a 16k sweep.m4a                            # for damage in its middle
rm source.wav sweep.wav
