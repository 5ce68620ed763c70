// SPDX-License-Identifier: Apache-2.0
package org.polias.app.listening;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.polias.edge.media.AudioFault;
import org.polias.edge.media.AudioFormat;
import org.polias.model.acoustics.SoundClass;
import org.polias.model.acoustics.SoundEvent;
import org.polias.perceive.acoustics.ShotRule;

/**
 * What was heard in a file.
 *
 * @param format empty if it could not be opened
 * @param fault why it could not be listened to, or, if there are samples, not to all of it
 * @param duration_s how much of it was listened to
 * @param events in the order of their onsets
 * @param windows all of it, window by window, if that was wanted
 */
public record FileReport(
        Path file,
        Optional<AudioFormat> format,
        Optional<AudioFault> fault,
        double duration_s,
        List<Event> events,
        List<Window> windows) {

    public FileReport {
        events = List.copyOf(events);
        windows = List.copyOf(windows);
    }

    /**
     * Something that stood out.
     *
     * @param onset_s since the beginning of the file
     */
    public record Event(double onset_s, SoundEvent heard, boolean isClipped) {

        private ShotRule.Sound sound() {
            return new ShotRule.Sound(onset_s, heard.probabilities());
        }
    }

    /**
     * A stretch of the file, whether anything stood out in it or not.
     *
     * @param begin_s since the beginning of the file
     * @param level_dB of its energy, dB re full scale
     */
    public record Window(double begin_s, double level_dB, Map<SoundClass, Double> probabilities) {}

    /** For each event whether it is called a shot by {@link ShotRule#DEPLOYED}. */
    public List<Boolean> calledShots() {
        List<Boolean> called = new ArrayList<>();
        for (List<ShotRule.Sound> episode :
                ShotRule.episodes(events.stream().map(Event::sound).toList())) {
            boolean isShot = ShotRule.DEPLOYED.isShot(episode);
            episode.forEach(sound -> called.add(isShot && ShotRule.DEPLOYED.isLikeShot(sound)));
        }
        return List.copyOf(called);
    }

    /** Whether nothing of it could be listened to. */
    public boolean isFailed() {
        return fault.isPresent() && duration_s == 0;
    }

    /** Whether there turned out to be no sound at all: a text, a picture, a film without sound, a link to nothing. */
    public boolean isNoAudio() {
        return isFailed()
                && switch (fault.orElseThrow().code()) {
                    case NOT_AUDIO, NO_SOUND, EMPTY, NOT_A_FILE, MISSING -> true;
                    case UNREADABLE, UNSUPPORTED, CORRUPT, TRUNCATED, UNREACHABLE, NO_NATIVES -> false;
                };
    }
}
