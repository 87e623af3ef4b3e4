package main

import "os"

// peakMemory is unknown here: the system forgets it with the program.
func peakMemory(*os.ProcessState) int64 { return 0 }
