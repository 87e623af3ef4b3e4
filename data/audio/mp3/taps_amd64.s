#include "textflag.h"

// TAP adds the samples at an offset, weighted, to the sums X8 and X9.
#define TAP(offset, low, high) \
	MOVUPS offset(SI), X10 \
	MOVAPS X10, X11        \
	MULPS  low, X10        \
	MULPS  high, X11       \
	ADDPS  X10, X8         \
	ADDPS  X11, X9

// func addTaps(p *windowPart, row *[padded + 6]float32, low, high *[padded]float32)
//
// X0 to X3 are the weights of the lower output, each four times, X4 to X7 those
// of the higher one.
TEXT ·addTaps(SB), NOSPLIT, $0-32
	MOVQ   p+0(FP), AX
	MOVQ   row+8(FP), SI
	MOVQ   low+16(FP), DI
	MOVQ   high+24(FP), DX
	MOVUPS (AX), X8
	MOVUPS 16(AX), X9
	PSHUFD $0x00, X8, X0
	PSHUFD $0x55, X8, X1
	PSHUFD $0xAA, X8, X2
	PSHUFD $0xFF, X8, X3
	PSHUFD $0x00, X9, X4
	PSHUFD $0x55, X9, X5
	PSHUFD $0xAA, X9, X6
	PSHUFD $0xFF, X9, X7
	MOVQ   $5, CX // times four slots are padded

four:
	MOVUPS (SI), X8
	MOVAPS X8, X9
	MULPS  X0, X8
	MULPS  X4, X9
	TAP(8, X1, X5)
	TAP(16, X2, X6)
	TAP(24, X3, X7)
	MOVUPS (DI), X10
	MOVUPS (DX), X11
	ADDPS  X10, X8
	ADDPS  X11, X9
	MOVUPS X8, (DI)
	MOVUPS X9, (DX)
	ADDQ   $16, SI
	ADDQ   $16, DI
	ADDQ   $16, DX
	DECQ   CX
	JNZ    four
	RET
