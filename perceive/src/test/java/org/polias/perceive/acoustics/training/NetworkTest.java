// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics.training;

import java.util.TreeMap;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.polias.perceive.acoustics.LogMel;
import org.polias.perceive.acoustics.OnnxModel;

import static org.assertj.core.api.Assertions.assertThat;

class NetworkTest {

    private static float[] noise(int length, long seed) {
        Draw draw = new Draw(seed);
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = (float) draw.gaussian();
        }
        return x;
    }

    /** Every weight somewhat off where it begins, so that none is without effect. */
    private static float[] weights(Network network) {
        float[] w = network.initial(new Draw(1));
        float[] shift = noise(w.length, 2);
        for (int i = 0; i < w.length; i++) {
            w[i] += 0.1f * shift[i];
        }
        return w;
    }

    @Test
    void gradientsAreTheSlopesOfWhatComesOut() {
        Network network = Network.separable(8, 8, 4, new int[][] {{6}, {8}}, 3);
        float[] w = weights(network);
        float[] x = noise(64, 3);
        float[] along = {1, -0.5f, 0.3f};
        Network.Pass pass = network.new Pass();
        float[] gradient = new float[network.weights()];
        pass.forward(x, w);
        pass.backward(along, w, gradient);

        float step = 2e-3f;
        for (int i = 0; i < w.length; i++) {
            float was = w[i];
            w[i] = was + step;
            double above = sum(pass.forward(x, w), along);
            w[i] = was - step;
            double below = sum(pass.forward(x, w), along);
            w[i] = was;
            double slope = (above - below) / (2 * step);
            assertThat((double) gradient[i])
                    .as("weight %d", i)
                    .isCloseTo(slope, Offset.offset(0.02 + 0.1 * Math.abs(slope)));
        }
    }

    @Test
    void onnxRuntimeComputesWhatTheNetworkComputes() {
        Network network = Training.network();
        Learned learned = new Learned(network, weights(network));
        float[] patch = noise(LogMel.PATCH_FRAMES * LogMel.BANDS, 4);
        try (OnnxModel model = OnnxModel.of("learned", learned.onnx(new TreeMap<>()))) {
            float[] theirs = model.run(
                    patch,
                    new long[] {1, 1, LogMel.PATCH_FRAMES, LogMel.BANDS},
                    model.outputs().getFirst());

            float[] ours = learned.new Ear().logitsOfPatch(patch);

            assertThat(theirs).hasSize(ours.length);
            for (int c = 0; c < ours.length; c++) {
                assertThat(theirs[c]).isCloseTo(ours[c], Offset.offset(1e-5f * Math.max(1, Math.abs(ours[c]))));
            }
        }
    }

    private static double sum(float[] values, float[] along) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * along[i];
        }
        return sum;
    }
}
