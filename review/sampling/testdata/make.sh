#!/bin/sh
# Makes draw.txt, a draw's file, from nothing but coreutils and bc, so that the
# Go code is held against arithmetic it does not share:
#   sh make.sh > draw.txt
set -eu
export LC_ALL=C
sha() { printf %s "$1" | sha256sum | cut -c-64; }

library='the library seed of the tests'
prev=$(sha 'the draw before')
filter='{"from":"2026-11-02T00:00:00Z","to":"2026-11-09T00:00:00Z","queue":"Rückfragen & Storno"}'
seed=$(sha "$library,3,$filter" | cut -c-20)

frame() {
	for i in $(seq 1 37); do
		case $i in
		4 | 11 | 30) printf 'drawn\t%s\n' "call-$i" ;;
		*) printf 'open\t%s\n' "call-$i" ;;
		esac
	done
	printf 'open\t%s\n' "Gespräch 7, zweiter Teil"
	printf 'open\t%s\n' "50%"
	printf 'drawn\t%s\n' '\n'
}

sum=$(frame | cut -f2 | while read -r u; do sha "$u"; done |
	tr a-f A-F | { echo 'obase=16; ibase=16; s=0'; sed 's/.*/s=s+&/'; echo 's%(10^40)'; } |
	BC_LINE_LENGTH=0 bc | tr A-F a-f)
sum=$(printf '%64s' "$sum" | tr ' ' 0)

top() {
	printf 'earshot-draw\t1\nid\td-3\nnumber\t3\nlibrary\t%s\nfilter\t%s\n' "$(sha "$library")" "$filter"
	printf 'wanted\t6\nseed\t%s\nchosen-seed\tfalse\nframe-size\t%d\nframe-digest\t%s\nprev\t%s\n' \
		"$seed" "$(frame | wc -l)" "$sum" "$prev"
	frame | grep ^open | cut -f2 | while read -r u; do printf '%s\t%s\n' "$(sha "$seed,$u")" "$u"; done |
		sort | head -n 6 | cat -n | sed 's/^ *\([0-9]*\)/call\t\1/'
}

top
printf 'digest\t%s\n' "$(top | sha256sum | cut -c-64)"
frame
