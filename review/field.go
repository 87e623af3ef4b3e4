package review

// A Field is one thing that a source's metadata tells of a call beyond what
// every call has, such as its product or region. Nobody knows what a source puts
// into such a column, so its value is hidden until someone asks for this field.
type Field struct {
	Name  string
	Value Private
}
