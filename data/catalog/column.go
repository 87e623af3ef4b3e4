package catalog

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// A field is what a column of a metadata table can mean.
type field int

const (
	fieldFile field = iota
	fieldCallID
	fieldContact
	fieldStart
	fieldTime
	fieldDuration
	fieldAgent
	fieldQueue
	fieldCategory
	fieldCustomer
	fieldDirection
	fieldUpdated
	fieldCount

	fieldNone field = -1
)

// meaningOf are the fields by the names that people say.
var meaningOf = [fieldCount]desk.Meaning{
	desk.MeansFile, desk.MeansCall, desk.MeansContact, desk.MeansStart, desk.MeansTime, desk.MeansDuration, desk.MeansAgent,
	desk.MeansQueue, desk.MeansCategory, desk.MeansCustomer, desk.MeansDirection, desk.MeansUpdated,
}

// milliseconds is what profiles call a duration in them.
const milliseconds desk.Meaning = "milliseconds"

// headers are the names that a field goes by in what contact centres export,
// in [plain] form, the best first: of two columns for one field the earlier
// name wins. Where a person's name and a short code stand beside each other,
// the name is better; where a status and a reason do, the reason.
var headers = [fieldCount]string{
	fieldFile: `file datei filename dateiname recordingfile audiofile audiofilename aufnahmedatei audiodatei
		recordinglocation recordingpath filepath dateipfad path pfad recordingfilename recordingname recordname
		recording aufnahme audio location`,
	fieldCallID: `callid anrufid gesprächsid gespraechsid contactid kontaktid calluuid callsid uniqueid
		conversationid interactionid vorgangsid sessionid uuid uid id call`,
	fieldContact: `initialcontactid linkedid rootcallid parentcallid originatingcallid mastercontactid`,
	fieldStart: `start beginn starttime startzeit startedat starttimeutc startutc startdatetime startdate
		callstart callstarttime anrufbeginn gesprächsbeginn gespraechsbeginn initiationtimestamp startstamp
		startepoch recordingstarttime begin begintime calldatetime datetime datetimeutc calldate anrufdatum
		timestamp zeitpunkt zeitstempel datumuhrzeit date datum`,
	fieldTime: `time uhrzeit zeit timeofday calltime`,
	fieldDuration: `duration dauer durationseconds durationsec durationsecs durations durationinseconds
		dauersekunden dauersek dauers dauerinsekunden durationms durationmillis durationmilliseconds dauerms
		callduration gesprächsdauer gespraechsdauer anrufdauer recordingduration talktime sprechzeit billsec
		length länge laenge lengthinsec calllength totalduration`,
	fieldAgent: `agent mitarbeiter mitarbeiterin agentname agentfullname fullname mitarbeitername agentusername
		sachbearbeiter bearbeiter advisor representative employee username user benutzer agentid`,
	fieldQueue: `queue warteschlange queuename warteschlangenname skill skillname skillgroup split splitname
		ingroup hotline campaign campaignname kampagne campaignid group groupname gruppe queueid department
		abteilung`,
	fieldCategory: `category kategorie wrapupcode wrapupcodename wrapup wrapupname wrapupreason abschlusscode
		callreason contactreason reasonforcall anrufgrund kontaktgrund statusname dispositionname disposition
		dispositioncode reason grund reasoncode topic calltopic thema anliegen`,
	fieldCustomer: `customer kunde kundin customername kundenname customernumber customerphone customerphonenumber
		kundennummer caller anrufer callername callernumber calleridnumber callerid phonenumber rufnummer
		telefonnummer phone telefon phonenumberdialed ani cnum from fromnumber src clid`,
	fieldDirection: `direction richtung calldirection anrufrichtung gesprächsrichtung gespraechsrichtung
		initialdirection calltype anrufart anruftyp initiationmethod`,
	fieldUpdated: `lastupdatetimestamp lastupdated updatedat lastmodified geändertam geaendertam`,
}

// A meaning is the field that a header stands for and how good a name of it
// the header is, 0 being the best.
type meaning struct {
	field field
	rank  int
}

var meanings = func() map[string]meaning {
	all := map[string]meaning{}
	for f, names := range headers {
		for rank, name := range strings.Fields(names) {
			all[name] = meaning{field(f), rank}
		}
	}
	return all
}()

// plain reduces a name to its letters and digits, in lower case, so that
// "Call-ID", "call_id" and "CallId" are one.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFC.String(name))
}

// A column is one of a table, with what it is taken for.
type column struct {
	name  string // its place from 1, where the table has no header
	field field
	by    desk.Guess
	rank  int // of its name, among those of the field
	unit  time.Duration
	keep  bool // as a field of the call, whatever its name promises
	drop  bool // a person or a profile said that it means nothing
}

// columns says where in a row each field stands.
type columns struct {
	all   []column
	named bool            // they have names, not only places
	at    [fieldCount]int // -1 for none
	width int
	unit  time.Duration  // of a duration without colons
	zone  *time.Location // of a start without an offset
	utc   bool           // the header, or a person, said which zone that is
	days  dayOrder
	extra []extra
}

// matchColumns reads a header row by its names. Starts are in zone, unless
// their header says UTC.
func matchColumns(header []string, zone *time.Location) columns {
	c := columns{width: len(trimRight(header, 0)), zone: zone, named: true}
	for _, name := range header[:c.width] {
		one := column{name: Clean(strings.Clone(name)), field: fieldNone, by: desk.ByNothing}
		if m, ok := meanings[plain(name)]; ok {
			one.field, one.rank, one.by = m.field, m.rank, desk.ByName
		}
		c.all = append(c.all, one)
	}
	c.settle()
	return c
}

// placeColumns are the columns of a table without a header.
func placeColumns(width int, zone *time.Location) columns {
	c := columns{width: width, zone: zone}
	for i := range width {
		c.all = append(c.all, column{name: strconv.Itoa(i + 1), field: fieldNone, by: desk.ByNothing})
	}
	c.settle()
	return c
}

// sureness orders guesses, the surest first.
var sureness = map[desk.Guess]int{desk.BySaid: 0, desk.ByProfile: 1, desk.ByName: 2, desk.ByContent: 3}

// settle gives each field the column that means it most surely, and the others
// to what is kept beside.
func (c *columns) settle() {
	for f := range c.at {
		c.at[f] = -1
	}
	better := func(a, b column) bool {
		if a.by != b.by {
			return sureness[a.by] < sureness[b.by]
		}
		return a.rank < b.rank
	}
	for i, one := range c.all {
		if f := one.field; f >= 0 && (c.at[f] < 0 || better(one, c.all[c.at[f]])) {
			c.at[f] = i
		}
	}
	c.unit = time.Second
	if name := plain(c.name(fieldDuration)); strings.HasSuffix(name, "ms") || strings.Contains(name, "milli") {
		c.unit = time.Millisecond
	}
	if at := c.at[fieldDuration]; at >= 0 && c.all[at].unit > 0 {
		c.unit = c.all[at].unit
	}
	if strings.HasSuffix(plain(c.name(fieldStart)), "utc") {
		c.zone, c.utc = time.UTC, true
	}
	c.extra = c.extras()
}

// take gives a column a meaning. It answers false for none that there is.
func (one *column) take(m desk.Meaning, by desk.Guess) bool {
	one.by, one.rank, one.keep, one.drop, one.field = by, 0, false, false, fieldNone
	switch at := slices.Index(meaningOf[:], m); {
	case m == desk.MeansField:
		one.keep = true
	case m == desk.MeansNothing:
		one.drop = true
	case m == milliseconds:
		one.field, one.unit = fieldDuration, time.Millisecond
	case at >= 0:
		one.field = field(at)
	default:
		return false
	}
	return true
}

// say gives columns the meanings that a person or a profile said, by their
// names. A column that is not there is an error where strict.
func (c *columns) say(means map[string]desk.Meaning, by desk.Guess, strict bool) error {
	for name, m := range means {
		at := slices.IndexFunc(c.all, func(one column) bool { return one.name == Clean(name) })
		if at < 0 {
			at = slices.IndexFunc(c.all, func(one column) bool { return plain(one.name) == plain(name) })
		}
		switch {
		case at < 0 && strict:
			return review.Fail(desk.NoColumn, review.Args{"column": name})
		case at >= 0 && !c.all[at].take(m, by):
			return badArrangement("map", string(m))
		}
	}
	c.settle()
	return nil
}

// name is that of a field's column, "" when the table does not have it.
func (c *columns) name(f field) string {
	if c.at[f] < 0 {
		return ""
	}
	return c.all[c.at[f]].name
}

// found is the number of fields that the table has.
func (c *columns) found() int {
	n := 0
	for _, at := range c.at {
		if at >= 0 {
			n++
		}
	}
	return n
}

// usable reports whether rows can be joined to recordings at all.
func (c *columns) usable() bool {
	return c.at[fieldFile] >= 0 || c.at[fieldCallID] >= 0 || c.at[fieldContact] >= 0 || c.numbered()
}

// numbered reports whether rows can be joined by number and time.
func (c *columns) numbered() bool { return c.at[fieldCustomer] >= 0 && c.at[fieldStart] >= 0 }

// cell returns a field of a row, "" when the table does not have it.
func (c *columns) cell(row []string, f field) string {
	if c.at[f] < 0 {
		return ""
	}
	return row[c.at[f]]
}
