// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics.training;

import java.util.ArrayList;
import java.util.List;

/** Layers one after the other: a small convolutional network whose convolutions are separable (Howard et al. 2017, "MobileNets"). */
final class Network {

    private final List<Layer> layers;
    private final int[] at;
    private final int weights;
    private final int scratch;

    Network(List<Layer> layers) {
        this.layers = List.copyOf(layers);
        this.at = new int[layers.size()];
        int sum = 0;
        int most = 0;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            if (i > 0 && layers.get(i - 1).outSize() != layer.inSize()) {
                throw new IllegalArgumentException("Layer %d takes %d values but gets %d."
                        .formatted(i, layer.inSize(), layers.get(i - 1).outSize()));
            }
            at[i] = sum;
            sum += layer.weights();
            most = Math.max(most, 2 * Math.max(layer.inSize() * 10, layer.outSize()) + 4096);
        }
        this.weights = sum;
        this.scratch = most;
    }

    /** The network of this project: blocks of a convolution in the plane and one across channels. */
    static Network separable(int rows, int columns, int stem, int[][] stages, int classes) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer.Stem(stem, rows, columns));
        int r = rows / 2;
        int c = columns / 2;
        int channels = stem;
        layers.add(new Layer.Norm(stem, r, c));
        for (int s = 0; s < stages.length; s++) {
            for (int out : stages[s]) {
                layers.add(new Layer.Depthwise(channels, r, c));
                layers.add(new Layer.Pointwise(channels, out, r, c));
                channels = out;
                layers.add(new Layer.Norm(channels, r, c));
            }
            if (s < stages.length - 1) {
                layers.add(new Layer.Halve(channels, r, c));
                r /= 2;
                c /= 2;
            }
        }
        layers.add(new Layer.Pool(channels, r, c));
        layers.add(new Layer.Dense(2 * channels * c, classes));
        return new Network(layers);
    }

    List<Layer> layers() {
        return layers;
    }

    int weights() {
        return weights;
    }

    int outputs() {
        return layers.getLast().outSize();
    }

    /** Where the weights of a layer begin. */
    int at(int layer) {
        return at[layer];
    }

    /** Weights to begin with (He et al. 2015). */
    float[] initial(Draw draw) {
        float[] w = new float[weights];
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            double sigma = StrictMath.sqrt(2.0 / layer.fanIn());
            int random = layer.weights() - layer.biases();
            for (int n = 0; n < random; n++) {
                w[at[i] + n] = (float) (sigma * draw.gaussian());
            }
        }
        return w;
    }

    /** The state of one pass; for one thread. */
    final class Pass {

        private final float[][] values = new float[layers.size() + 1][];
        private final float[][] gradients = new float[layers.size() + 1][];
        private final float[] free = new float[scratch];
        private final float[] spare = new float[scratch];

        Pass() {
            values[0] = new float[layers.getFirst().inSize()];
            gradients[0] = new float[0];
            for (int i = 0; i < layers.size(); i++) {
                values[i + 1] = new float[layers.get(i).outSize()];
                gradients[i + 1] = new float[layers.get(i).outSize()];
            }
        }

        /** The logits; the array is this pass's own. */
        float[] forward(float[] input, float[] w) {
            System.arraycopy(input, 0, values[0], 0, values[0].length);
            for (int i = 0; i < layers.size(); i++) {
                layers.get(i).forward(values[i], values[i + 1], w, at[i], free, spare);
            }
            return values[layers.size()];
        }

        /** What goes into the last layer. */
        float[] embedding() {
            return values[layers.size() - 1];
        }

        /** Adds to {@code gradient}, from the gradient of the logits of the last forward pass. */
        void backward(float[] ofLogits, float[] w, float[] gradient) {
            System.arraycopy(ofLogits, 0, gradients[layers.size()], 0, ofLogits.length);
            for (int i = layers.size() - 1; i >= 0; i--) {
                layers.get(i)
                        .backward(
                                values[i],
                                values[i + 1],
                                gradients[i + 1],
                                gradients[i],
                                w,
                                at[i],
                                gradient,
                                free,
                                spare);
            }
        }
    }
}
