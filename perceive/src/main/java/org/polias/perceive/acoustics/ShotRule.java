// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.polias.model.acoustics.CentredLogRatio;
import org.polias.model.acoustics.SoundClass;

/**
 * When what one microphone heard within some seconds is called shots, where a yes or no is needed.
 *
 * <p>A sound is <i>like a shot</i> if its {@link CentredLogRatio} speaks for one and if it has its share of the probability of a shot and the
 * {@link #RIVALS}. One sound alone must be that beyond doubt; two that are it clearly confirm each other. And nothing around
 * them may be a firework or thunder by more than the best of them is a shot: a shell's report is hardly told from a shot, the rise and the crackle
 * before and after it are.
 *
 * @param once which evidence one sound alone must reach
 * @param twice which evidence each of two must reach; a sound of less is not like a shot
 * @param againstRivals the share which a shot must have of the probability of itself and its rivals
 */
public record ShotRule(double once, double twice, double againstRivals) {

    /** What is taken for shots. */
    public static final List<SoundClass> RIVALS = List.of(
            SoundClass.FIREWORK,
            SoundClass.THUNDER,
            SoundClass.EXPLOSION,
            SoundClass.BACKFIRE,
            SoundClass.IMPACT,
            SoundClass.ENGINE,
            SoundClass.TOOL);

    /** Of which one sound makes what it is known for: the bangs around it are its own. */
    private static final List<SoundClass> SPEAKING = List.of(SoundClass.FIREWORK, SoundClass.THUNDER);

    /** As it is deployed; how often it errs is in {@code docs/models/acoustics.md}. */
    public static final ShotRule DEPLOYED = new ShotRule(5.5, 4, 0.15);

    /** The evidence of one sound for which an evaluation tells what a laxer or stricter rule would do ({@link #strict}). */
    public static final List<Double> LADDER = List.of(4.5, 5.0, 5.5, 6.0, 6.5, 7.0);

    private static final double EPISODE_S = 4;
    /** Sounds nearer to each other share what the classifier said: they are one opinion. */
    private static final double APART_S = 0.24;

    private static final double CONFIRMED_BY = 1.5;

    /** @throws IllegalArgumentException if the evidence is not finite, two must reach more than one, or the share is none */
    public ShotRule {
        if (!(Double.isFinite(once) && Double.isFinite(twice) && twice <= once)
                || !(againstRivals >= 0 && againstRivals <= 1)) {
            throw new IllegalArgumentException(
                    "A shot must reach the evidence %s alone or %s twice, and %s against its rivals."
                            .formatted(once, twice, againstRivals));
        }
    }

    /** A rule like the deployed one which asks {@code once} of one sound. */
    public static ShotRule strict(double once) {
        return new ShotRule(once, once - CONFIRMED_BY, DEPLOYED.againstRivals);
    }

    /**
     * A sound at a microphone.
     *
     * @param onset_s when it began, from any moment on
     */
    public record Sound(double onset_s, Map<SoundClass, Double> probabilities) {

        public Sound {
            probabilities = Map.copyOf(probabilities);
        }
    }

    /** The sounds of one microphone, in the order of their onsets, in episodes: what is heard within four seconds of the first. */
    public static List<List<Sound>> episodes(List<Sound> sounds) {
        List<List<Sound>> episodes = new ArrayList<>();
        List<Sound> current = new ArrayList<>();
        for (Sound sound : sounds) {
            if (!current.isEmpty() && sound.onset_s() - current.getFirst().onset_s() > EPISODE_S) {
                episodes.add(List.copyOf(current));
                current.clear();
            }
            current.add(sound);
        }
        if (!current.isEmpty()) {
            episodes.add(List.copyOf(current));
        }
        return List.copyOf(episodes);
    }

    /** Whether there are shots in an episode. */
    public boolean isShot(List<Sound> episode) {
        double best = Double.NEGATIVE_INFINITY;
        double before_s = Double.NEGATIVE_INFINITY;
        int opinions = 0;
        for (Sound sound : episode) {
            if (isLikeShot(sound)) {
                best = Math.max(best, evidence(sound, SoundClass.GUNSHOT));
                if (sound.onset_s() - before_s >= APART_S) {
                    opinions++;
                    before_s = sound.onset_s();
                }
            }
        }
        return (best >= once || opinions >= 2) && !isOutspoken(episode, best);
    }

    private static boolean isOutspoken(List<Sound> episode, double shot) {
        return episode.stream().anyMatch(sound -> SPEAKING.stream().anyMatch(each -> evidence(sound, each) > shot));
    }

    /** Whether a sound, if there are shots around it, is one of them. */
    public boolean isLikeShot(Sound sound) {
        double shot = sound.probabilities().getOrDefault(SoundClass.GUNSHOT, 0.0);
        double rivals = 0;
        for (SoundClass each : RIVALS) {
            rivals += sound.probabilities().getOrDefault(each, 0.0);
        }
        return evidence(sound, SoundClass.GUNSHOT) >= twice && shot >= againstRivals * (shot + rivals);
    }

    private static double evidence(Sound sound, SoundClass soundClass) {
        return CentredLogRatio.of(sound.probabilities(), soundClass);
    }
}
