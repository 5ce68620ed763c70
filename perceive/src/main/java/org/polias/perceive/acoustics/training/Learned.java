// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics.training;

import java.util.Map;
import java.util.SortedMap;

import org.polias.model.acoustics.SoundClass;
import org.polias.perceive.acoustics.Calibration;
import org.polias.perceive.acoustics.LevelledPatch;
import org.polias.perceive.acoustics.SoundClassifier;

/** A trained network. */
final class Learned {

    private final Network network;
    private final float[] weights;

    Learned(Network network, float[] weights) {
        this.network = network;
        this.weights = weights;
    }

    /** Hears windows; for one thread. */
    final class Ear {

        private final Network.Pass pass = network.new Pass();
        private final LevelledPatch levelled = new LevelledPatch();
        private final float[] patch = new float[LevelledPatch.SIZE];

        /** The logit of each class. */
        float[] logits(float[] window) {
            levelled.of(window, patch);
            return logitsOfPatch(patch);
        }

        /** The logit of each class, of a log-mel patch, which is overwritten. */
        float[] logitsOfPatch(float[] logMelPatch) {
            standardise(logMelPatch);
            return pass.forward(logMelPatch, weights).clone();
        }
    }

    /** The same as a classifier, without ONNX Runtime; for one thread. */
    SoundClassifier classifier(Calibration calibration) {
        Ear ear = new Ear();
        return new SoundClassifier() {
            @Override
            public String name() {
                return "learned";
            }

            @Override
            public Map<SoundClass, Double> priors() {
                return calibration.priors();
            }

            @Override
            public Map<SoundClass, Double> classify(float[] window) {
                return calibration.probabilities(doubles(ear.logits(window)));
            }

            @Override
            public void close() {
                // It holds nothing.
            }
        };
    }

    static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    /** The file that ONNX Runtime reads. */
    byte[] onnx(SortedMap<String, String> metadata) {
        return OnnxWriter.write(network, weights, Training.OFFSET, Training.SCALE, metadata);
    }

    static void standardise(float[] patch) {
        for (int i = 0; i < patch.length; i++) {
            patch[i] = (patch[i] + Training.OFFSET) * Training.SCALE;
        }
    }

    static void softmax(float[] logits, float[] p) {
        float most = logits[most(logits)];
        double sum = 0;
        for (int c = 0; c < p.length; c++) {
            p[c] = (float) StrictMath.exp(logits[c] - most);
            sum += p[c];
        }
        for (int c = 0; c < p.length; c++) {
            p[c] = (float) (p[c] / sum);
        }
    }

    static int most(float[] values) {
        int best = 0;
        for (int c = 1; c < values.length; c++) {
            if (values[c] > values[best]) {
                best = c;
            }
        }
        return best;
    }
}
