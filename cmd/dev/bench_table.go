package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// tableRows is how many calls a contact centre of some hundred agents has in a
// year.
const tableRows = 1_000_000

// benchTable measures an import with a metadata table of a million rows: each is
// read, checked, made ready to be joined, and, as there is but one recording,
// kept as a row without one. sqlite3's shell imports the same file, into a table
// as it stands and into one by whose file and call id rows can be found.
func benchTable(ctx context.Context, b *bench) error {
	table, calls := b.file("table.csv"), b.file("calls")
	err := errors.Join(writeTable(table, tableRows), os.Mkdir(calls, 0o700),
		os.WriteFile(filepath.Join(calls, "00000007.wav"), silence(8000), 0o600))
	if err != nil {
		return err
	}
	shell := func(name, database, create string) contender {
		return contender{name: name, args: []string{
			"sqlite3", b.file(database), "-cmd", "DROP TABLE IF EXISTS t", "-cmd", create, "-cmd", ".mode csv",
			"-cmd", ".import " + filepath.ToSlash(table) + " t", "SELECT 1",
		}}
	}
	peers := []contender{
		shell("sqlite3", "plain.db", ""),
		shell("keyed", "keyed.db", `CREATE TABLE t(file UNIQUE, "call id" UNIQUE, start, duration, agent, queue, category, customer, direction)`),
	}
	costs := make([][]cost, len(peers)+1)
	for round := range rounds {
		library := b.file(fmt.Sprintf("table%d.earshot", round)) // a library is filled once
		for i, c := range append([]contender{b.own("--library", library, "import", calls, "--metadata", table, "--json")}, peers...) {
			once, err := c.run(ctx)
			if err != nil {
				return err
			}
			costs[i] = append(costs[i], once)
		}
	}
	own := middle(costs[0])
	for i, peer := range peers {
		theirs := middle(costs[i+1])
		fmt.Fprintf(b.out, "%-27s %v   %-7s %v %s\n", "a table of 1,000,000 rows", own, peer.name, theirs,
			mark(0.6).judge(float64(theirs.cpu)/float64(own.cpu)))
	}
	return nil
}

// writeTable makes a metadata table.
func writeTable(name string, rows int) (err error) {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	out := bufio.NewWriter(file)
	fmt.Fprintln(out, "file,call id,start,duration,agent,queue,category,customer,direction")
	begin := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range rows {
		fmt.Fprintf(out, "2026/%08d.wav,c-%08d,%s,%d.5,Agent %d,Queue %d,Category %d,+49305%07d,inbound\n",
			i, i, begin.Add(time.Duration(i)*30*time.Second).Format(time.DateTime), i%900, i%500, i%20, i%40, i%10_000_000)
	}
	return out.Flush()
}

// silence is a WAV file of one channel in µ-law, 8000 frames a second.
func silence(frames int) []byte {
	header := "RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x07\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x00\x00\x00\x00"
	file := []byte(header)
	file[4], file[5] = byte((36+frames)&0xff), byte((36+frames)>>8)
	file[40], file[41] = byte(frames&0xff), byte(frames>>8)
	for range frames {
		file = append(file, 0xff)
	}
	return file
}
