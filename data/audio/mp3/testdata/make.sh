#!/bin/sh
# Makes the recordings of this folder and what ffmpeg decodes them to (16 bit,
# little-endian, interleaved: NAME.s16). Needs ffmpeg 5.1 with LAME 3.100, and
# python3 with libmpg123 1.31 for what is named below.
set -eu
cd "$(dirname "$0")"
ff() { ffmpeg -y -v error "$@"; }

# A piece of a demo call with hiss on the left, and on the right the other side
# with clicks, for which the encoder switches to short blocks.
ff -ss 6.2 -t 1 -i ../../../../assets/demo/call-01.wav -f lavfi -i "anoisesrc=r=48000:a=0.1:c=pink:seed=3:d=1" \
	-f lavfi -i "aevalsrc='0.6*sin(2*PI*1900*t)*lt(mod(t,0.11),0.007)':s=48000:d=1" \
	-filter_complex "[0:a]aresample=48000,channelsplit[l][r]; [l][1:a]amix=2:normalize=0[left]; [r][2:a]amix=2:normalize=0[right]; [left][right]amerge=2" \
	-ar 48000 -c:a pcm_s16le source.wav

# make NAME SECONDS RATE CHANNELS OPTIONS...
make() {
	name=$1 seconds=$2 rate=$3 channels=$4
	shift 4
	ff -t "$seconds" -i source.wav -ar "$rate" -ac "$channels" -map_metadata -1 -id3v2_version 0 -c:a libmp3lame "$@" "$name"
	ff -i "$name" -f s16le "${name%.*}.s16"
}
make 8000-joint-cbr.mp3 0.8 8000 2 -b:a 24k
make 8000-mono-vbr-bare.mp3 0.8 8000 1 -q:a 5 -write_xing 0
make 8000-mono-alone.mp3 0.8 8000 1 -b:a 16k -reservoir 0 -write_xing 0 # frames that need no other
make 11025-mono-cbr.mp3 0.6 11025 1 -b:a 16k
make 11025-stereo-vbr.mp3 0.4 11025 2 -q:a 4 -joint_stereo 0
make 12000-stereo-vbr.mp3 0.5 12000 2 -q:a 2 -joint_stereo 0
make 16000-mono-vbr.mp3 0.5 16000 1 -q:a 4
make 16000-joint-cbr-bare.mp3 0.35 16000 2 -b:a 48k -write_xing 0
make 22050-mono-cbr-bare.mp3 0.5 22050 1 -b:a 24k -write_xing 0
make 22050-joint-cbr.mp3 0.3 22050 2 -b:a 32k
make 24000-stereo-cbr.mp3 0.4 24000 2 -b:a 64k -joint_stereo 0
make 32000-mono-cbr.mp3 0.4 32000 1 -b:a 48k
make 44100-joint-vbr.mp3 0.3 44100 2 -q:a 3
make 44100-mono-cbr-bare.mp3 0.3 44100 1 -b:a 64k -write_xing 0
make 48000-joint-cbr.mp3 0.25 48000 2 -b:a 128k -id3v2_version 3 -write_id3v1 1 -metadata title=call
make wav-8000-mono.wav 0.5 8000 1 -b:a 16k

# ffmpeg 5.1 has two scale factor bands of 24 kHz two lines too narrow and too
# wide: it disagrees with the conformance bitstreams of ISO/IEC 13818-4. What
# libmpg123 decodes is right.
python3 - 24000-stereo-cbr.mp3 24000-stereo-cbr.s16 <<'EOF'
import ctypes, sys
mpg = ctypes.CDLL("libmpg123.so.0")
mpg.mpg123_init()
mpg.mpg123_new.restype = ctypes.c_void_p
handle = ctypes.c_void_p(mpg.mpg123_new(None, None))
mpg.mpg123_format_none(handle)
mpg.mpg123_format(handle, ctypes.c_long(24000), 2, 0xD0)  # stereo, signed 16 bit
assert mpg.mpg123_open(handle, sys.argv[1].encode()) == 0
buffer, done = ctypes.create_string_buffer(1 << 20), ctypes.c_size_t()
while done.value == 0:  # the first call tells the format
    mpg.mpg123_read(handle, buffer, ctypes.c_size_t(1 << 20), ctypes.byref(done))
open(sys.argv[2], "wb").write(buffer.raw[: done.value])
EOF
rm source.wav
