// An ALSA card that one program has to itself, as most have that no sound server
// shares out: whoever holds its lock file is playing.
//
//	pcm.card { type exclusive lock "/a/file" pipe "a card" }
//
// opens the card that it names once the lock is free. Without one it is a card that
// takes bytes of 8 bits alone, and holds the lock while it is open.

#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

struct card {
	snd_pcm_ioplug_t io;
	int lock;
};

static int nothing(snd_pcm_ioplug_t *io) { return 0; }

static snd_pcm_sframes_t nowhere(snd_pcm_ioplug_t *io) { return 0; }

static int leave(snd_pcm_ioplug_t *io) {
	struct card *card = io->private_data;
	close(card->lock);
	free(card);
	return 0;
}

static const snd_pcm_ioplug_callback_t callback = {.start = nothing, .stop = nothing, .pointer = nowhere, .close = leave};

static int refuse(snd_pcm_t **pcmp, const char *name, int lock, snd_pcm_stream_t stream, int mode) {
	static const unsigned int format = SND_PCM_FORMAT_U8;
	struct card *card = calloc(1, sizeof *card);
	card->lock = lock;
	card->io.version = SND_PCM_IOPLUG_VERSION;
	card->io.name = "a card that takes 8 bits";
	card->io.callback = &callback;
	card->io.private_data = card;
	card->io.poll_fd = -1;
	int err = snd_pcm_ioplug_create(&card->io, name, stream, mode);
	if (err >= 0)
		err = snd_pcm_ioplug_set_param_list(&card->io, SND_PCM_IOPLUG_HW_FORMAT, 1, &format);
	*pcmp = card->io.pcm;
	return err;
}

SND_PCM_PLUGIN_DEFINE_FUNC(exclusive) {
	const char *path = "", *pipe = NULL, *id;
	snd_config_iterator_t i, next;
	snd_config_for_each(i, next, conf) {
		snd_config_t *entry = snd_config_iterator_entry(i);
		if (snd_config_get_id(entry, &id) < 0)
			continue;
		if (strcmp(id, "lock") == 0)
			snd_config_get_string(entry, &path);
		if (strcmp(id, "pipe") == 0)
			snd_config_get_string(entry, &pipe);
	}
	int lock = open(path, O_RDWR | O_CLOEXEC);
	if (lock < 0)
		return -ENODEV;
	if (flock(lock, LOCK_EX | LOCK_NB) < 0) {
		close(lock);
		return -EBUSY;
	}
	if (!pipe)
		return refuse(pcmp, name, lock, stream, mode);
	close(lock);
	return snd_pcm_open(pcmp, pipe, stream, mode);
}

SND_PCM_PLUGIN_SYMBOL(exclusive);
