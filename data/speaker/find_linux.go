package speaker

// #cgo pkg-config: alsa
// #include <alsa/asoundlib.h>
//
// // canOpen opens and closes the card that oto would open.
// static int canOpen(void) {
// 	snd_pcm_t *card;
// 	int err = snd_pcm_open(&card, "default", SND_PCM_STREAM_PLAYBACK, SND_PCM_NONBLOCK);
// 	return err < 0 ? err : snd_pcm_close(card);
// }
import "C"

import "fmt"

// find reports why there is no card. It plays nothing.
func find() error {
	if err := C.canOpen(); err < 0 {
		return fmt.Errorf("find sound card: %s", C.GoString(C.snd_strerror(err)))
	}
	return nil
}
