package sqlite

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
	"time"
)

// stopping is a context that ends at the look after so many, as if a person had
// stopped the work right there.
type stopping struct {
	context.Context
	stop  context.CancelFunc
	looks chan struct{}
}

func stopAfter(looks int) stopping {
	s := stopping{looks: make(chan struct{}, looks)}
	s.Context, s.stop = context.WithCancel(context.Background())
	for range looks {
		s.looks <- struct{}{}
	}
	return s
}

func (s stopping) Done() <-chan struct{} {
	select {
	case <-s.looks:
	default:
		if s.Err() == nil {
			s.stop()
			time.Sleep(time.Millisecond) // those who wait for the end get ahead of the work: the worst order
		}
	}
	return s.Context.Done()
}

// Wherever a large batch is stopped, the writer refuses rows that refer to
// nothing again, and the batch is kept as a whole or not at all.
func TestALargeBatchThatIsStoppedLeavesForeignKeysOn(t *testing.T) {
	s, err := Open(context.Background(), filepath.Join(t.TempDir(), "library.earshot"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	const mostLooks = 60 // twice as many as the batch takes
	whole, stopped := 0, 0
	for n := range 5 * mostLooks {
		looks := n % mostLooks
		ctx := stopAfter(looks)
		err := s.bulk(ctx, largeBatch, func(tx *sql.Tx) error {
			for range 3 {
				if err := exec(ctx, tx, `INSERT INTO field(name) VALUES(hex(randomblob(16)))`); err != nil {
					return err
				}
			}
			return nil
		})
		ctx.stop()
		if stopped++; err == nil {
			whole, stopped = whole+1, stopped-1
		}
		var on bool
		var kept int
		if err := s.writer.QueryRow(`SELECT foreign_keys, (SELECT count(*) FROM field) FROM pragma_foreign_keys`).Scan(&on, &kept); err != nil {
			t.Fatal(err)
		}
		if !on || kept != 3*whole {
			t.Fatalf("stopped at look %d: foreign keys on is %t; %d rows of %d whole batches", looks, on, kept, whole)
		}
	}
	if whole == 0 || stopped == 0 {
		t.Errorf("%d batches went through, %d were stopped: want some of both", whole, stopped)
	}
}
