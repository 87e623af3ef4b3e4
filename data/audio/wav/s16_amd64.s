#include "textflag.h"

DATA scale<>+0(SB)/4, $0x30000000 // 1/2^31
DATA scale<>+4(SB)/4, $0x30000000
DATA scale<>+8(SB)/4, $0x30000000
DATA scale<>+12(SB)/4, $0x30000000
GLOBL scale<>(SB), RODATA|NOPTR, $16

// func eightsS16(dst []float32, src []byte)
//
// A sample becomes the upper half of 32 bits, so that its sign needs no care; a
// float holds its 16 bits exactly.
TEXT ·eightsS16(SB), NOSPLIT, $0-48
	MOVQ   dst_base+0(FP), DI
	MOVQ   dst_len+8(FP), CX
	MOVQ   src_base+24(FP), SI
	MOVUPS scale<>(SB), X3

eight:
	MOVOU     (SI), X0
	PXOR      X1, X1
	PXOR      X2, X2
	PUNPCKLWL X0, X1
	PUNPCKHWL X0, X2
	CVTPL2PS  X1, X1
	CVTPL2PS  X2, X2
	MULPS     X3, X1
	MULPS     X3, X2
	MOVUPS    X1, (DI)
	MOVUPS    X2, 16(DI)
	ADDQ      $16, SI
	ADDQ      $32, DI
	SUBQ      $8, CX
	JG        eight
	RET
