package catalog

import (
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A field is what a column of a metadata table can mean.
type field int

const (
	fieldFile field = iota
	fieldCallID
	fieldStart
	fieldDuration
	fieldAgent
	fieldQueue
	fieldCategory
	fieldCustomer
	fieldDirection
	fieldCount
)

// headers are the names that a field goes by in what contact centres export,
// in [plain] form, the best first: of two columns for one field the earlier
// name wins. Where a person's name and a short code stand beside each other,
// the name is better; where a status and a reason do, the reason.
var headers = [fieldCount]string{
	fieldFile: `file datei filename dateiname recordingfile audiofile audiofilename aufnahmedatei audiodatei
		recordinglocation recordingpath filepath dateipfad path pfad recordingfilename recordingname recordname
		recording aufnahme audio location`,
	fieldCallID: `callid anrufid gesprächsid gespraechsid contactid kontaktid calluuid callsid uniqueid
		conversationid interactionid vorgangsid linkedid sessionid uuid uid id`,
	fieldStart: `start beginn starttime startzeit startedat starttimeutc startutc startdatetime startdate
		callstart callstarttime anrufbeginn gesprächsbeginn gespraechsbeginn initiationtimestamp startstamp
		startepoch recordingstarttime begin begintime calldatetime datetime datetimeutc calldate anrufdatum
		timestamp zeitpunkt zeitstempel datumuhrzeit date datum`,
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

// columns says where in a row each field stands.
type columns struct {
	at    [fieldCount]int // -1 for none
	names [fieldCount]string
	width int
	unit  time.Duration  // of a duration without colons
	zone  *time.Location // of a start without an offset
	extra []extra
}

// matchColumns reads a header row. Starts are in zone, unless their header
// says UTC.
func matchColumns(header []string, zone *time.Location) columns {
	c := columns{width: len(trimRight(header, 0)), unit: time.Second, zone: zone}
	var ranks [fieldCount]int
	for f := range c.at {
		c.at[f] = -1
	}
	for i, name := range header {
		m, ok := meanings[plain(name)]
		if ok && (c.at[m.field] < 0 || m.rank < ranks[m.field]) {
			c.at[m.field], c.names[m.field], ranks[m.field] = i, Clean(name), m.rank
		}
	}
	if d := plain(c.names[fieldDuration]); strings.HasSuffix(d, "ms") || strings.Contains(d, "milli") {
		c.unit = time.Millisecond
	}
	if strings.HasSuffix(plain(c.names[fieldStart]), "utc") {
		c.zone = time.UTC
	}
	c.extra = extras(header[:c.width], c.at[:])
	return c
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
func (c *columns) usable() bool { return c.at[fieldFile] >= 0 || c.at[fieldCallID] >= 0 }

// cell returns a field of a row, "" when the table does not have it.
func (c *columns) cell(row []string, f field) string {
	if c.at[f] < 0 {
		return ""
	}
	return row[c.at[f]]
}
