// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.polias.model.acoustics.CentredLogRatio;
import org.polias.model.acoustics.SoundClass;

/**
 * Hears a clip of some seconds as a whole: whether there is a shot in it. Windows that follow each other by a quarter of their length are
 * looked at, whatever stands out; what a {@link Listener} would report of the clip is given beside that.
 *
 * <p><b>One number for a clip.</b> How much a window speaks for a class is the {@link CentredLogRatio} of its probability. A long clip has many windows, and the highest of many numbers is
 * high by chance; so the evidence of a clip is the mean of the {@value #COUNTED} windows that speak most for the class, which are as many as hear one
 * instant. The {@link Scale} makes a probability of it.
 */
public final class ClipHearing {

    private static final int HOP = SoundClassifier.WINDOW_SAMPLES / 4;
    /** How many windows hear one instant. */
    private static final int COUNTED = 4;

    private final SoundClassifier classifier;

    /** @param classifier is called in the thread that hears; who opened it closes it */
    public ClipHearing(SoundClassifier classifier) {
        this.classifier = classifier;
    }

    /**
     * What makes a probability of a clip's evidence: logistic regression on clips that training did not see.
     *
     * @param slope of the log-odds over the evidence
     * @param offset what is added
     */
    public record Scale(double slope, double offset) {

        /**
         * The share of clips with shots under which the probability holds, among ordinary sounds of a city: voices, engines, tools, animals,
         * music and the like. What is taken for shots (fireworks, thunder, explosions, impacts) is not among them; {@link ShotRule} tells
         * these apart, event by event.
         */
        public static final double PRIOR = 0.2;

        /** What the windows say is what is said of the clip. */
        public static final Scale NONE = new Scale(1, 0);

        /** Of any AudioSet model; chosen with YAMNet on fold 1 of UrbanSound8K, to which it gives much lower scores than to shots nearby. */
        private static final Scale AUDIO_SET = new Scale(1.5, -6);

        /** The one that belongs to a classifier. */
        public static Scale of(SoundClassifier classifier) {
            return switch (classifier) {
                case ShippedClassifier shipped -> shipped.clipScale();
                case AudioSetClassifier _ -> AUDIO_SET;
                case SoundClassifier _ -> NONE;
            };
        }

        public double probability(double evidence) {
            return 1 / (1 + StrictMath.exp(-(slope * evidence + offset)));
        }
    }

    /**
     * What was heard.
     *
     * @param windows the probabilities of each window that was looked at
     * @param events what a listener reports of it
     */
    public record Hearing(List<Map<SoundClass, Double>> windows, List<Heard> events) {

        public Hearing {
            windows = List.copyOf(windows);
            events = List.copyOf(events);
        }

        /** The evidence for a class: the mean centred log-ratio of the windows that speak most for it. */
        public double evidence(SoundClass soundClass) {
            double[] ratios = windows.stream()
                    .mapToDouble(window -> CentredLogRatio.of(window, soundClass))
                    .sorted()
                    .toArray();
            double sum = 0;
            int count = Math.min(COUNTED, ratios.length);
            for (int i = 0; i < count; i++) {
                sum += ratios[ratios.length - 1 - i];
            }
            return sum / count;
        }

        /** The class for which the evidence is strongest. */
        public SoundClass mostProbable() {
            SoundClass best = SoundClass.AMBIENT;
            double most = Double.NEGATIVE_INFINITY;
            for (SoundClass each : SoundClass.values()) {
                double evidence = evidence(each);
                if (evidence > most) {
                    most = evidence;
                    best = each;
                }
            }
            return best;
        }
    }

    /** Hears a clip of 16 kHz, -1 to 1. */
    public Hearing hear(float[] clip) {
        List<Heard> events = new ArrayList<>();
        Listener listener = new Listener(classifier, ListenerSettings.STANDARD, new Listener.Sink() {
            @Override
            public void heard(Heard heard) {
                events.add(heard);
            }

            @Override
            public void level(LevelReading reading) {
                // Levels are of no interest here.
            }
        });
        listener.listen(clip, 0, clip.length, Instant.EPOCH);
        listener.end();
        return new Hearing(windows(clip), events);
    }

    /** Looks at the windows alone, and waits for no event. */
    public Hearing look(float[] clip) {
        return new Hearing(windows(clip), List.of());
    }

    private List<Map<SoundClass, Double>> windows(float[] clip) {
        List<Map<SoundClass, Double>> windows = new ArrayList<>();
        int last = Math.max(0, clip.length - SoundClassifier.WINDOW_SAMPLES);
        float[] window = new float[SoundClassifier.WINDOW_SAMPLES];
        for (int at = 0; at <= last; at += HOP) {
            int length = Math.min(window.length, clip.length - at);
            Arrays.fill(window, 0);
            System.arraycopy(clip, at, window, 0, length);
            windows.add(classifier.classify(window));
        }
        return windows;
    }
}
