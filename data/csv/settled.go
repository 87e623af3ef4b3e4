package csv

// Settled is o with everything that it leaves to its preset written out, so
// that it can be shown to whoever chooses. It answers [review.BadArgument].
func (o Options) Settled() (Options, error) {
	f, err := o.Format()
	if err != nil {
		return o, err
	}
	pick := func(yes bool, is, not string) string {
		if yes {
			return is
		}
		return not
	}
	o.Separator = map[byte]string{',': "comma", ';': "semicolon", '\t': "tab"}[f.Separator]
	o.Decimal, o.Mark = pick(f.DecimalComma, "comma", "point"), pick(f.Mark, "yes", "no")
	return o, nil
}
