package widget

// InSight are the numbers of the first and last turn that can be seen.
func (p *Passage) InSight() (first, last int) { return p.sheet.inSight() }
