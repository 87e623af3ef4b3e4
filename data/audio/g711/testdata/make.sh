#!/bin/sh
# Makes what ffmpeg (5.1) and sox (14.4) decode each of the 256 codes to, as
# 16-bit little-endian samples; both must agree.
set -eu
cd "$(dirname "$0")"
codes() { i=0; while [ $i -lt 256 ]; do printf "\\$(printf %o $i)"; i=$((i + 1)); done; }
for law in alaw mulaw; do
	codes | ffmpeg -y -v error -f $law -ar 8000 -ac 1 -i - -f s16le $law.s16
	short=$([ $law = alaw ] && echo al || echo ul)
	codes | sox -t $short -r 8000 -c 1 - -t s16 - | cmp - $law.s16
done
