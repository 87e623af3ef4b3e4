package job

// A Reading reads what a screen shows, time after time but never twice at once:
// what is asked for while it reads is read once more afterwards, so that a
// library that changes without end is still shown. It belongs to Fyne's
// goroutine.
type Reading[T any] struct {
	Runner *Runner
	Work   func() Work[T] // what is to be read now; asked when reading begins
	Watch  func(State)    // as of [Run]; may be nil
	Took   func(T, error) // what was read, as done of [Run]

	job   *Job
	again bool
}

// Read reads, now or after what is being read.
func (r *Reading[T]) Read() {
	if r.job != nil {
		r.again = true
		return
	}
	r.again = false
	r.job = Run(r.Runner, "", r.Work(), r.Watch, func(read T, err error) {
		r.job = nil
		r.Took(read, err)
		if r.again && err == nil {
			r.Read()
		}
	})
}

// Drop ends what is being read, as it is no longer wanted.
func (r *Reading[T]) Drop() {
	if r.job != nil {
		r.job.Cancel()
		r.job = nil
	}
	r.again = false
}

// Busy reports whether something is being read.
func (r *Reading[T]) Busy() bool { return r.job != nil }
