#include "textflag.h"

// func addQuad(samples []float32, q *quad)
//
// X0 is the lowest, X1 the highest, X2 and X3 the squares of each place. A
// comparison with what is not a number gives its source; so that is what was
// found before, and not the sample.
TEXT ·addQuad(SB), NOSPLIT, $0-32
	MOVQ   samples_base+0(FP), SI
	MOVQ   samples_len+8(FP), CX
	MOVQ   q+24(FP), DI
	MOVUPS (DI), X0
	MOVUPS 16(DI), X1
	MOVUPS 32(DI), X2
	XORPS  X3, X3

eight:
	CMPQ   CX, $8
	JLT    four
	MOVUPS (SI), X4
	MOVUPS 16(SI), X5
	MOVAPS X4, X6
	MOVAPS X4, X7
	MOVAPS X5, X8
	MOVAPS X5, X9
	MINPS  X0, X6
	MAXPS  X1, X7
	MULPS  X4, X4
	MULPS  X5, X5
	MINPS  X6, X8
	MAXPS  X7, X9
	ADDPS  X4, X2
	ADDPS  X5, X3
	MOVAPS X8, X0
	MOVAPS X9, X1
	ADDQ   $32, SI
	SUBQ   $8, CX
	JMP    eight

four:
	CMPQ   CX, $4
	JLT    done
	MOVUPS (SI), X4
	MOVAPS X4, X6
	MOVAPS X4, X7
	MINPS  X0, X6
	MAXPS  X1, X7
	MULPS  X4, X4
	ADDPS  X4, X2
	MOVAPS X6, X0
	MOVAPS X7, X1

done:
	ADDPS  X3, X2
	MOVUPS X0, (DI)
	MOVUPS X1, 16(DI)
	MOVUPS X2, 32(DI)
	RET
