// Package hub carries shared sessions over NATS with JetStream.
//
// # Server
//
// [Serve] runs a NATS server for one session inside the process; [Child] runs
// it in a process of its own, which [Main] and [Pipe] are the body of, so that
// a crash of the window does not end the session. The server listens only at
// the addresses that it is given, speaks TLS 1.3 with a certificate of its own
// and lets nobody in who does not sign with a key that it knows or show the
// secret of an [Invitation]. All that it must know after a crash lies in its
// folder:
//
//	lock        held while it runs: NATS itself would let two share a folder
//	hub.pem     its key and certificate, and the key of its streams
//	hub.json    ports, members, invitations
//	jetstream/  the streams
//
// NATS has no limit on how fast one client may publish, so connections come in
// through a gate of our own ([gate]), which ends TLS and reads the client's half
// of the protocol: enough to delay a member who floods.
//
// # Who may what
//
// A person is the key that signs their events; the server knows them by the
// author's id of that key. The stream is what somebody may read, the subject is
// what they may write:
//
//	rs.<session>.log.<author>.<type>            stored; all read
//	rs.<session>.blind.<author>.<round>.<type>  stored; the host reads
//	rs.<session>.ctl.play|roster                from the host, not stored
//	rs.<session>.ctl.lend                       from the host: who has a recording;
//	rs.<session>.ctl.lend.<author>              a range of it, answered in
//	rs.<session>.req.<author>.part.<word>
//	rs.<session>.live.<author>.missing          to all, not stored
//	rs.<session>.req.<author>.clock|state|ask|made|audio
//	                                            to the host, who answers in
//	_INBOX.<author>.>
//	rs.<session>.hub.order                      signed, from a host to the hub of
//	                                            another machine, see [Conn.Invite]
//
// What a member hears and where in a call they are is told to nobody: at one's
// own pace only "done" counts, and together the host says where all are.
//
// A server can be made to publish its answers under another's subject (they
// are sent to whatever a message names as its reply), so nothing is believed
// for its subject alone: see session.Accept.
//
// # Connection
//
// [Join] and [Dial] answer a [Conn], which is a session.Link, and carries the
// messages that are not kept and the recordings. With an [Outside] it goes to a
// NATS server that somebody else runs, a cluster or the hub of leaf nodes; the
// streams and subjects are the same, and the rights are what their operator
// gives:
//
//	publish    rs.<session>.log.<author>.>    rs.<session>.blind.<author>.>
//	           rs.<session>.live.<author>.>   rs.<session>.req.<author>.>
//	           $JS.API.STREAM.INFO.RS_LOG_<session>
//	           $JS.API.CONSUMER.CREATE.RS_LOG_<session>.*.rs.<session>.log.>
//	           $JS.API.CONSUMER.MSG.NEXT.RS_LOG_<session>.*
//	subscribe  _INBOX.<author>.>   rs.<session>.ctl.>   rs.<session>.live.>
//
// for a member, and everything in the account for the host.
package hub
