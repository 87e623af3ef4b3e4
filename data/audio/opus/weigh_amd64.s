#include "textflag.h"

// func weigh(dst []float32, doubled []int16, step, stride int)
//
// AX is where in the weights the phase lies, of 16 bytes each; X6 is -1 four
// times, X7 the scale.
TEXT ·weigh(SB), NOSPLIT, $0-64
	MOVQ    dst_base+0(FP), DI
	MOVQ    dst_len+8(FP), CX
	MOVQ    doubled_base+24(FP), SI
	MOVQ    step+48(FP), BX
	MOVQ    stride+56(FP), DX
	LEAQ    ·weights(SB), R8
	SHLQ    $4, BX
	XORQ    AX, AX
	PCMPEQL X6, X6
	MOVL    $0x38000000, R9 // 1/2^15
	MOVQ    R9, X7

sample:
	MOVOU     (SI), X0
	MOVOU     (R8)(AX*1), X1
	PMADDWL   X1, X0      // eight products, added in pairs
	PSHUFD    $0x4E, X0, X1
	PADDL     X1, X0
	PSHUFD    $0xB1, X0, X1
	PADDL     X1, X0
	PSRAL     $14, X0     // round and limit to 16 bits
	PSUBL     X6, X0
	PSRAL     $1, X0
	PACKSSLW  X0, X0
	PUNPCKLWL X0, X0
	PSRAL     $16, X0
	CVTPL2PS  X0, X0
	MULSS     X7, X0
	MOVSS     X0, (DI)
	LEAQ      (DI)(DX*4), DI
	ADDQ      BX, AX
	CMPQ      AX, $192    // twelve phases
	JLT       same
	SUBQ      $192, AX
	ADDQ      $2, SI

same:
	SUBQ DX, CX
	JGT  sample
	RET
