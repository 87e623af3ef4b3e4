#!/bin/sh
# What ffmpeg (5.1) measures of sounds that the tests make by the same formulas:
# silences.txt by silencedetect, a line "from to" in seconds for each;
# loudness.txt by ebur128, a line "rate left right" in LUFS for each rate.
set -eu
cd "$(dirname "$0")"

# Two people in turns on a line that hums at -54 dBFS; once both are silent for
# 1.4 s only, and once there is a click.
left='.0019*sin(2*PI*150*t)+.2*sin(2*PI*440*t)*(between(t,1,4)+between(t,12,14)+between(t,16,19.5))'
right='.0019*sin(2*PI*150*t)+.1*sin(2*PI*500*t)*(between(t,3,7.3)+between(t,15.4,17)+between(t,25,26))+.1*between(t,22.5,22.502)'
ffmpeg -v info -f lavfi -i "aevalsrc='$left|$right':s=8000:d=30" -af silencedetect=-45dB:1.5 -f null - 2>&1 |
	sed -n 's/.*silence_start: \([0-9.]*\).*/\1/p; s/.*silence_end: \([0-9.]*\) .*/\1/p' | paste -d' ' - - >silences.txt

# A soft, a loud and a nearly silent part, so that both gates count; low and
# high tones, so that the filter does.
left='(.02*between(t,0,4)+.3*between(t,4,10)+.0001)*(sin(2*PI*120*t)+.5*sin(2*PI*900*t)+.5*sin(2*PI*3100*t))'
right='(.004*between(t,0,6)+.05*between(t,7,8)+.04*between(t,9,11.7))*(sin(2*PI*45*t)+sin(2*PI*2500*t))'
for rate in 8000 11025 16000 48000; do
	printf '%s' $rate
	for ear in "$left" "$right"; do
		ffmpeg -v error -f lavfi -i "aevalsrc='$ear':s=$rate:d=12" \
			-af ebur128=metadata=1,ametadata=print:key=lavfi.r128.I:file=- -f null - |
			sed -n 's/lavfi.r128.I=/ /p' | tail -1 | tr -d '\n'
	done
	echo
done >loudness.txt
