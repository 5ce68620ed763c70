// SPDX-License-Identifier: Apache-2.0
package org.polias.app.acoustics;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.polias.model.acoustics.SoundClass;
import org.polias.perceive.acoustics.ShotRule;
import org.polias.perceive.acoustics.SoundClassifier;
import org.polias.perceive.acoustics.training.TrainingClips;
import org.polias.perceive.acoustics.training.TrainingSounds;
import org.polias.pilots.sound.Recording;
import org.polias.pilots.sound.Scenes;

/** What the classifier is taught with: computed sounds and recordings, at computed places. */
final class Curriculum {

    /** Shots most of all, then what is taken for them; the rest as varied as it is. */
    static final Map<SoundClass, Double> SHARES = Map.ofEntries(
            Map.entry(SoundClass.GUNSHOT, 0.20),
            Map.entry(SoundClass.EXPLOSION, 0.05),
            Map.entry(SoundClass.SCREAM, 0.04),
            Map.entry(SoundClass.GLASS, 0.04),
            Map.entry(SoundClass.FIREWORK, 0.08),
            Map.entry(SoundClass.THUNDER, 0.05),
            Map.entry(SoundClass.BACKFIRE, 0.03),
            Map.entry(SoundClass.IMPACT, 0.11),
            Map.entry(SoundClass.CROWD, 0.04),
            Map.entry(SoundClass.VOICE, 0.07),
            Map.entry(SoundClass.ANIMAL, 0.09),
            Map.entry(SoundClass.HORN, 0.05),
            Map.entry(SoundClass.SIREN, 0.05),
            Map.entry(SoundClass.ENGINE, 0.07),
            Map.entry(SoundClass.TOOL, 0.09),
            Map.entry(SoundClass.MUSIC, 0.09),
            Map.entry(SoundClass.AMBIENT, 0.06));

    private static final Set<SoundClass> TAKEN_FOR_SHOTS = EnumSet.of(
            SoundClass.EXPLOSION,
            SoundClass.FIREWORK,
            SoundClass.THUNDER,
            SoundClass.BACKFIRE,
            SoundClass.IMPACT,
            SoundClass.GLASS);

    /** How often a recording is heard where there are some; the others are computed. */
    private static final double RECORDED = 0.5;

    /** How often a recorder is poor, where there is learning to be done; never in the clips that are calibrated with. */
    private static final double POOR = 0.5;

    /** What else the clips have that are calibrated with: none of what is taken for shots, which {@link ShotRule} tells from them. */
    private static final Map<SoundClass, Double> CLIP_SHARES = SHARES.entrySet().stream()
            .filter(each -> !TAKEN_FOR_SHOTS.contains(each.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    private Curriculum() {}

    static TrainingSounds sounds(long seed, List<Recording> recordings) {
        Scenes scenes = new Scenes(seed, SHARES, recordings, RECORDED, POOR);
        return index -> {
            Scenes.Sound sound = scenes.sound(index);
            return way -> {
                Scenes.Scene scene = sound.window(way, SoundClassifier.WINDOW_SAMPLES, SoundClassifier.ONSET_SAMPLE);
                return new TrainingSounds.Example(floats(scene.samples()), scene.soundClass());
            };
        };
    }

    static TrainingClips clips(long seed, List<Recording> recordings, double length_s) {
        Scenes scenes = new Scenes(seed, CLIP_SHARES, recordings, RECORDED, 0);
        int length = (int) (length_s * SoundClassifier.SAMPLE_RATE_HZ);
        return index -> {
            Scenes.Scene scene = scenes.clip(index, length);
            return new TrainingClips.Clip(floats(scene.samples()), scene.soundClass());
        };
    }

    static float[] floats(double[] samples) {
        float[] floats = new float[samples.length];
        for (int n = 0; n < samples.length; n++) {
            floats[n] = (float) samples[n];
        }
        return floats;
    }
}
