package catalog

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What contact centres export, header and line as their products write them.
var vendors = []struct {
	name, csv, file string
	want            plainMeta
}{
	{
		name: "FreePBX CDR export",
		csv: "calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition," +
			"amaflags,accountcode,uniqueid,userfield,did,cnum,cnam,outbound_cnum,outbound_cnam,dst_cnam," +
			"recordingfile,linkedid,peeraccount,sequence\n" +
			`"2026-11-10 09:42:00","""Jo"" <5550100>",5550100,600,ext-queues,SIP/a,SIP/b,Queue,"600,t",380,373,ANSWERED,` +
			"3,,1794303720.17,,600,5550100,Jo,,,,q-600-5550100-20261110-094200-1794303720.17.wav,1794303720.17,,42\n",
		file: "q-600-5550100-20261110-094200-1794303720.17.wav",
		want: plainMeta{
			CallID: "1794303720.17", Start: "2026-11-10T08:42:00Z", Duration: "6m20s",
			Customer: "5550100",
		},
	},
	{
		name: "VICIdial export",
		csv: "call_date\tphone_number_dialed\tstatus\tuser\tfull_name\tcampaign_id\tlength_in_sec\tuser_group\t" +
			"status_name\trecording_id\trecording_filename\trecording_location\r\n" +
			"2026-11-10 09:42:00\t5550100\tBILL\t6666\tJane Doe\tSUPPORT\t373\tDAY\tBilling question\t9\t" +
			"20261110-094200_6666\thttp://dialer.example/RECORDINGS/20261110-094200_6666-all.wav\r\n",
		file: "20261110-094200_6666-all.wav",
		want: plainMeta{
			Start: "2026-11-10T08:42:00Z", Duration: "6m13s", Agent: "Jane Doe", Queue: "SUPPORT",
			Category: "Billing question", Customer: "5550100",
		},
	},
	{
		name: "FusionPBX CDR export, quotes not escaped",
		csv: `"direction","caller_id_number","destination_number","start_stamp","duration","record_name","hangup_cause"` + "\n" +
			`"inbound","5550100 "Jo" Doe","600","2026-11-10 09:42:00+01","373","a1b2.mp3","NORMAL_CLEARING"` + "\n",
		file: "a1b2.mp3",
		want: plainMeta{
			Start: "2026-11-10T08:42:00Z", Duration: "6m13s", Direction: "inbound", Customer: `5550100 "Jo" Doe`,
		},
	},
	{
		name: "a German spreadsheet",
		csv: "\uFEFFDatei;Anruf-ID;Beginn;Dauer;Mitarbeiter;Warteschlange;Kategorie;Rufnummer;Richtung\r\n" +
			"a.wav;4711;10.11.2026 09:42;6:13;Jörg Maier;Rechnungen;Sonstiges;+49 30 555;eingehend\r\n",
		file: "a.wav",
		want: plainMeta{
			CallID: "4711", Start: "2026-11-10T08:42:00Z", Duration: "6m13s", Agent: "Jörg Maier",
			Queue: "Rechnungen", Category: "Sonstiges", Customer: "+49 30 555", Direction: "inbound",
		},
	},
	{
		name: "3CX, in UTC and with columns that mean nothing here",
		csv:  "Id|StartTime (UTC)|CallType|Duration (ms)|ANI|Skill|Wrap-up code\n7|2026-11-10 09:42|InboundExternal|373100|5550100|Tech|Other\n",
		file: "7.wav",
		want: plainMeta{
			CallID: "7", Start: "2026-11-10T09:42:00Z", Duration: "6m13.1s", Direction: "inbound",
			Customer: "5550100", Queue: "Tech", Category: "Other",
		},
	},
}

func TestTablesOfVendors(t *testing.T) {
	for _, test := range vendors {
		t.Run(test.name, func(t *testing.T) {
			table := read(t, test.csv)
			see(t, table, "/calls", test.file)
			if diff := cmp.Diff(test.want, open(toldOf(t, table, "/calls", test.file))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
