package catalog

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// A tree is a document as JSON decodes it: objects, lists, texts, numbers. XML
// becomes one too, so that both are asked alike.

// asUTF8 reads text that may begin with a byte order mark, UTF-16 included.
func asUTF8(from io.Reader) io.Reader {
	return transform.NewReader(from, unicode.BOMOverride(transform.Nop))
}

// readJSON reads the first value. What follows it is nobody's business:
// published samples of analyses have a brace too many at their end.
func readJSON(from io.Reader) (tree any, err error) {
	decoder := json.NewDecoder(asUTF8(from))
	decoder.UseNumber()
	err = decoder.Decode(&tree)
	return tree, err
}

// scalar is a text, a number, true or false as text, a list of them with
// commas between, and "" for all else.
func scalar(tree any) string {
	switch value := tree.(type) {
	case string:
		return value
	case json.Number:
		return value.String()
	case bool:
		if value {
			return "true"
		}
		return "false"
	case []any:
		return lookup(value, []string{"*"})
	case map[string]any:
		return scalar(value[ownText])
	}
	return ""
}

func sortedNames(object map[string]any) []string { return slices.Sorted(maps.Keys(object)) }

const (
	// deepest is how deep elements may lie in one another.
	deepest = 64
	// ownText is the member of an element's own text where it has others too.
	ownText = "#text"
)

var errDeep = errors.New("elements lie too deep in one another")

// readXML reads a document as the members of its root: child elements and
// attributes by their names without name space, a list where a name stands twice.
func readXML(from io.Reader) (any, error) {
	decoder := xml.NewDecoder(asUTF8(from))
	decoder.CharsetReader = func(name string, input io.Reader) (io.Reader, error) {
		encoding, err := htmlindex.Get(name)
		if err != nil || strings.HasPrefix(strings.ToLower(name), "utf-16") {
			return input, err // its byte order mark was read already
		}
		return encoding.NewDecoder().Reader(input), nil
	}
	for {
		token, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		if start, ok := token.(xml.StartElement); ok {
			return element(decoder, start, 0)
		}
	}
}

// element reads what stands in an element: a text, or an object.
func element(decoder *xml.Decoder, start xml.StartElement, depth int) (any, error) {
	if depth > deepest {
		return nil, errDeep
	}
	object := map[string]any{}
	for _, attribute := range start.Attr {
		join(object, attribute.Name.Local, attribute.Value)
	}
	var text strings.Builder
	for {
		token, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.CharData:
			text.Write(token)
		case xml.StartElement:
			child, err := element(decoder, token, depth+1)
			if err != nil {
				return nil, err
			}
			join(object, token.Name.Local, child)
		case xml.EndElement:
			own := Clean(text.String())
			if len(object) == 0 {
				return own, nil
			}
			if own != "" {
				object[ownText] = own
			}
			return object, nil
		}
	}
}

// join adds a member to an object, making a list of those with one name.
func join(object map[string]any, name string, value any) {
	was, ok := object[name]
	if !ok {
		object[name] = value
		return
	}
	list, isList := was.([]any)
	if !isList {
		list = []any{was}
	}
	object[name] = append(list, value)
}

// partGuess begins the path of a part that a document of unknown form may hold
// under any of the names that a field goes by in tables: "guess.agent".
const partGuess = "guess"

// guessable are the fields that are guessed from a document.
var guessable = map[field]string{
	fieldCallID: "call", fieldStart: "start", fieldDuration: "duration", fieldAgent: "agent", fieldQueue: "queue",
	fieldCategory: "category", fieldCustomer: "customer", fieldDirection: "direction",
}

// guess finds fields by the names of members, the best name of each.
func guess(tree any) map[string]string {
	said, ranks := map[string]string{}, map[string]int{}
	leaves(tree, "", func(name, value string) {
		m, ok := meanings[plain(name)]
		as := guessable[m.field]
		if before, is := ranks[as]; !ok || as == "" || value == "" || is && before <= m.rank {
			return
		}
		said[as], ranks[as] = value, m.rank
	})
	return said
}

// leaves tells every text of a tree with the name it stands under, in the order
// of names.
func leaves(tree any, name string, tell func(name, value string)) {
	switch at := tree.(type) {
	case map[string]any:
		for _, member := range sortedNames(at) {
			if member == ownText {
				tell(name, scalar(at[member]))
				continue
			}
			leaves(at[member], member, tell)
		}
	case []any:
		for _, element := range at {
			leaves(element, name, tell)
		}
	default:
		tell(name, scalar(at))
	}
}
