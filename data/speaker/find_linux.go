package speaker

// #cgo pkg-config: alsa
// #include <alsa/asoundlib.h>
//
// // ask asks an open card for what oto would. What is only to be near may be as
// // far off as the card likes.
// static int ask(snd_pcm_t *card, unsigned rate, unsigned channels, snd_pcm_uframes_t buffer) {
// 	snd_pcm_hw_params_t *wanted;
// 	snd_pcm_uframes_t period = buffer;
// 	int err;
// 	snd_pcm_hw_params_alloca(&wanted);
// 	if ((err = snd_pcm_hw_params_any(card, wanted)) < 0 ||
// 	    (err = snd_pcm_hw_params_set_access(card, wanted, SND_PCM_ACCESS_RW_INTERLEAVED)) < 0 ||
// 	    (err = snd_pcm_hw_params_set_format(card, wanted, SND_PCM_FORMAT_S16_LE)) < 0 ||
// 	    (err = snd_pcm_hw_params_set_channels(card, wanted, channels)) < 0)
// 		return err;
// 	snd_pcm_hw_params_set_rate_resample(card, wanted, 1);
// 	snd_pcm_hw_params_set_rate_near(card, wanted, &rate, NULL);
// 	snd_pcm_hw_params_set_buffer_size_near(card, wanted, &buffer);
// 	snd_pcm_hw_params_set_period_size_near(card, wanted, &period, NULL);
// 	return snd_pcm_hw_params(card, wanted);
// }
//
// // try opens and closes the card that oto would open.
// static int try(unsigned rate, unsigned channels, snd_pcm_uframes_t buffer) {
// 	snd_pcm_t *card;
// 	int err = snd_pcm_open(&card, "default", SND_PCM_STREAM_PLAYBACK, SND_PCM_NONBLOCK);
// 	if (err < 0)
// 		return err;
// 	err = ask(card, rate, channels, buffer);
// 	int closed = snd_pcm_close(card);
// 	return err < 0 ? err : closed;
// }
import "C"

import (
	"fmt"

	"github.com/earshot-app/earshot/review/playback"
)

// find reports why there is no card that could be played on. It plays nothing, and
// does not wait for one that another program has to itself. A card that refuses what
// oto asks for must not come to oto: it would be taken for open and never closed, so
// that nobody could open it again as long as the program runs.
func find() error {
	if err := C.try(playback.Rate, channels, C.snd_pcm_uframes_t(bufferFrames)); err < 0 {
		return fmt.Errorf("find sound card: %s", C.GoString(C.snd_strerror(err)))
	}
	return nil
}
