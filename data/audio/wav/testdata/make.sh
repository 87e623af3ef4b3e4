#!/bin/sh
# Makes the recordings of this folder and what ffmpeg decodes them to (32-bit
# float, little-endian, interleaved: NAME.f32). Needs ffmpeg 5.1 and sox 14.4.
set -eu
cd "$(dirname "$0")"
ff() { ffmpeg -y -v error -bitexact "$@"; }

# A fiftieth of a second: a sweep on the left, noise on the right, near full scale.
sox -R -n -r 8000 -c 2 -b 32 source.wav synth 0.02 sine 100-3400 pinknoise gain -n -0.1

for codec in pcm_u8 pcm_s16le pcm_s24le pcm_s32le pcm_f32le pcm_f64le pcm_alaw pcm_mulaw; do
	ff -i source.wav -c:a $codec stereo-$codec.wav
	ff -i source.wav -ac 1 -c:a $codec mono-$codec.wav
done
sox source.wav -e signed -b 24 extensible-s24.wav          # sox writes 24 bits as EXTENSIBLE
ff -i source.wav -c:a pcm_s16le -rf64 always rf64.wav
ff -i source.wav -ac 1 -c:a pcm_u8 -metadata title=odd -metadata artist=LIST list-u8.wav
ff -i source.wav -c:a pcm_s16le -write_bext 1 -metadata description=d bext-s16.wav
ff -i source.wav -c:a pcm_s16le -f wav - | cat >streamed-s16.wav     # sizes ffffffff

for f in stereo-*.wav mono-*.wav extensible-s24.wav rf64.wav list-u8.wav bext-s16.wav streamed-s16.wav; do
	ff -i "$f" -f f32le "${f%.wav}.f32"
done
rm source.wav
