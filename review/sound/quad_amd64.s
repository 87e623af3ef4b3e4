#include "textflag.h"

DATA most<>+0(SB)/4, $0x7F800000 // infinity
DATA most<>+4(SB)/4, $0x7F800000
DATA most<>+8(SB)/4, $0x7F800000
DATA most<>+12(SB)/4, $0x7F800000
GLOBL most<>(SB), RODATA|NOPTR, $16

DATA least<>+0(SB)/4, $0xFF800000 // its negative
DATA least<>+4(SB)/4, $0xFF800000
DATA least<>+8(SB)/4, $0xFF800000
DATA least<>+12(SB)/4, $0xFF800000
GLOBL least<>(SB), RODATA|NOPTR, $16

// NEXT takes up the four samples at an address: those squares are added to, and
// the lowest and highest go from one pair of registers to another. A comparison
// with what is not a number gives its source; so that is what was found before,
// and not the sample.
#define NEXT(from, low, high, squares, lower, higher) \
	MOVUPS from, X8      \
	MOVAPS X8, lower     \
	MOVAPS X8, higher    \
	MINPS  low, lower    \
	MAXPS  high, higher  \
	MULPS  X8, X8        \
	ADDPS  X8, squares

// func fours(samples []float32) (even, odd tally)
//
// X0 is the lowest of each place, X1 the highest, X2 to X5 are the squares.
TEXT ·fours(SB), NOSPLIT, $0-48
	MOVQ   samples_base+0(FP), SI
	MOVQ   samples_len+8(FP), CX
	MOVUPS most<>(SB), X0
	MOVUPS least<>(SB), X1
	XORPS  X2, X2
	XORPS  X3, X3
	XORPS  X4, X4
	XORPS  X5, X5
	SUBQ   $16, CX
	JLT    rest

sixteen:
	NEXT((SI), X0, X1, X2, X6, X7)
	NEXT(16(SI), X6, X7, X3, X0, X1)
	NEXT(32(SI), X0, X1, X4, X6, X7)
	NEXT(48(SI), X6, X7, X5, X0, X1)
	ADDQ $64, SI
	SUBQ $16, CX
	JGE  sixteen

rest:
	ADDQ $16, CX
	JZ   done

four:
	NEXT((SI), X0, X1, X2, X6, X7)
	MOVAPS X6, X0
	MOVAPS X7, X1
	ADDQ   $16, SI
	SUBQ   $4, CX
	JG     four

done:
	ADDPS   X3, X2
	ADDPS   X5, X4
	ADDPS   X4, X2
	MOVHLPS X0, X6 // the upper places are even and odd too
	MOVHLPS X1, X7
	MOVHLPS X2, X8
	MINPS   X6, X0
	MAXPS   X7, X1
	ADDPS   X8, X2
	MOVSS   X0, even_low+24(FP)
	MOVSS   X1, even_high+28(FP)
	MOVSS   X2, even_squares+32(FP)
	SHUFPS  $1, X0, X0
	SHUFPS  $1, X1, X1
	SHUFPS  $1, X2, X2
	MOVSS   X0, odd_low+36(FP)
	MOVSS   X1, odd_high+40(FP)
	MOVSS   X2, odd_squares+44(FP)
	RET
