#!/bin/sh
# Makes Ogg recordings and what libopus and ffmpeg decode them to: FLAC of 16
# bits for Opus, 16-bit little-endian samples for the others. Needs ffmpeg 5.1 with
# libopus and libvorbis, and sox 14.4. (ffmpeg's own Opus decoder is up to 38 dB
# off.)
set -eu
cd "$(dirname "$0")"
call=../../../../assets/demo/call-01.wav
ff() { ffmpeg -y -v error "$@"; }
opus() { name=$1; shift; ff "$@" -map_metadata -1 -c:a libopus $name.opus; }

# What was said is a second long; the hiss makes the encoder keep all bands.
sox -R -n -r 48000 hiss.wav synth 1 whitenoise vol 0.05
opus silk -ss 1 -t 0.8 -i $call -b:a 24k -application voip
opus silk-mono60 -ss 1 -t 0.8 -i $call -ac 1 -b:a 12k -application voip -frame_duration 60
opus celt -ss 1 -t 0.5 -i $call -ac 1 -b:a 48k -application lowdelay
opus hybrid -ss 1 -t 0.5 -i $call -i hiss.wav -filter_complex 'amix=duration=first,aresample=48000' \
	-ac 1 -b:a 28k -application voip
# Speech, then the music that callers wait to.
opus mixed -ss 1 -t 0.9 -i $call -f lavfi -i "aevalsrc='0.2*sin(2764*t)+0.2*sin(8293*t)+0.1*sin(19000*t)':s=48000:d=1" \
	-filter_complex '[0]aresample=48000,pan=mono|c0=c0[a];[a][1]concat=v=0:a=1' -b:a 18k -cutoff 8000 -application audio
for f in silk silk-mono60 celt hybrid mixed; do
	ff -c:a libopus -i $f.opus -c:a flac -compression_level 12 $f.flac
done
opus long -t 15 -i $call -ac 1 -b:a 12k -application voip              # for seeks

ff -ss 1 -t 1 -i $call -map_metadata -1 -c:a libvorbis -q:a 0 -page_duration 100000 stereo.ogg
ff -ss 1 -t 1 -i $call -ac 1 -map_metadata -1 -c:a libvorbis -q:a -1 mono.ogg
sox -D $call -C 0 sox.ogg remix 1 trim 0 2
for f in stereo mono; do ff -i $f.ogg -f s16le $f.s16; done
ff -ss 1 -t 1 -i $call -map_metadata -1 -c:a flac -page_duration 100000 flac.oga
ff -ss 1 -t 0.5 -i $call -ac 1 -ar 16000 -map_metadata -1 -c:a flac flac16k.oga
for f in flac flac16k; do ff -i $f.oga -f s16le $f.s16; done
sox -D sox.ogg -t s16 sox.s16            # 128 frames that libvorbis does not play, ffmpeg does
rm hiss.wav
