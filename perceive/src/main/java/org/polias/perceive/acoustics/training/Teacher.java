// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics.training;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.polias.model.acoustics.SoundClass;
import org.polias.perceive.acoustics.Calibration;
import org.polias.perceive.acoustics.ClipHearing;
import org.polias.perceive.acoustics.ShippedClassifier;

/** Makes the file of a {@link ShippedClassifier}: trains, calibrates on sounds that training did not hear, and writes. */
public final class Teacher {

    private static final int PARTS = 8;

    private final String name;
    private final Training training;
    private final int heldOut;
    private final int clips;

    /**
     * @param name what the classifier is to be called
     * @param heldOut on how many held-out sounds it is calibrated
     * @param clips on how many held-out clips it is calibrated
     */
    public Teacher(String name, Training training, int heldOut, int clips) {
        this.name = name;
        this.training = training;
        this.heldOut = heldOut;
        this.clips = clips;
    }

    /**
     * What came of it.
     *
     * @param file for {@link ShippedClassifier#of}
     * @param right the share of the held-out sounds that it told rightly
     */
    public record Taught(byte[] file, Calibration calibration, ClipHearing.Scale clipScale, double right) {}

    /**
     * Teaches.
     *
     * @param sounds to learn from
     * @param others that are not among them, of other recordings and other places, to calibrate with
     * @param clipsOfOthers whole clips, likewise
     */
    public Taught teach(
            TrainingSounds sounds,
            TrainingSounds others,
            TrainingClips clipsOfOthers,
            Workers workers,
            Training.Progress progress) {
        Learned learned = training.train(Training.network(), sounds, workers, progress);
        Scaling.Witness[] witnesses = new Scaling.Witness[heldOut];
        boolean[] right = new boolean[heldOut];
        workers.each(PARTS, part -> {
            Learned.Ear ear = learned.new Ear();
            for (int i = part; i < heldOut; i += PARTS) {
                TrainingSounds.Example example = others.sound(i).heard(0);
                float[] logits = ear.logits(example.window());
                witnesses[i] = new Scaling.Witness(Learned.doubles(logits), example.soundClass());
                right[i] = Learned.most(logits) == example.soundClass().ordinal();
            }
        });
        Calibration calibration = Scaling.fit(List.of(witnesses), Calibration.ASSUMED_PRIORS);
        ClipHearing.Scale clipScale = clipScale(learned, calibration, clipsOfOthers, workers);
        Map<String, String> metadata = ShippedClassifier.metadata(name, calibration, clipScale);
        metadata.put("training", training.toString());
        int count = 0;
        for (boolean each : right) {
            count += each ? 1 : 0;
        }
        return new Taught(learned.onnx(new TreeMap<>(metadata)), calibration, clipScale, (double) count / heldOut);
    }

    private ClipHearing.Scale clipScale(
            Learned learned, Calibration calibration, TrainingClips clipsOfOthers, Workers workers) {
        double[] evidence = new double[clips];
        boolean[] isShot = new boolean[clips];
        workers.each(PARTS, part -> {
            ClipHearing hearing = new ClipHearing(learned.classifier(calibration));
            for (int i = part; i < clips; i += PARTS) {
                TrainingClips.Clip clip = clipsOfOthers.clip(i);
                evidence[i] = hearing.look(clip.samples()).evidence(SoundClass.GUNSHOT);
                isShot[i] = clip.soundClass() == SoundClass.GUNSHOT;
            }
        });
        return Scaling.fit(evidence, isShot);
    }
}
