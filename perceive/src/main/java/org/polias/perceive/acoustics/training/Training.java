// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.polias.model.acoustics.SoundClass;
import org.polias.perceive.acoustics.LevelledPatch;
import org.polias.perceive.acoustics.LogMel;

/**
 * Teaches a {@link Network} to tell sounds: cross-entropy with smoothed labels, Adam with decoupled weight decay (Loshchilov and Hutter
 * 2019) and a learning rate that rises and then falls along a cosine; what is kept is a running mean of the weights.
 *
 * @param seed of the first weights and of what is hidden from the network
 * @param steps how often the weights are changed
 * @param batch the number of examples for each step: {@value #SHARDS} or a multiple of it
 * @param ways in how many ways each sound is heard, in steps that follow each other: to compute a sound takes longer than to learn from it
 * @param rate the highest learning rate
 * @param decay of the weights, relative to the learning rate
 * @param smoothing how much of the label is shared among all classes
 */
public record Training(long seed, int steps, int batch, int ways, double rate, double decay, double smoothing) {

    /** Each batch is cut into so many parts whose gradients are summed in order: the result does not depend on the number of threads. */
    private static final int SHARDS = 8;

    private static final int WARM_UP_STEPS = 200;
    private static final double AVERAGED_STEPS = 400;
    private static final float HIDDEN = (float) StrictMath.log(0.001);

    /** What is added to a log-mel value before it is multiplied, so that values are of the order of 1. */
    static final float OFFSET = 2;

    static final float SCALE = 0.4f;

    /** Told now and then how it goes: the step, and the mean loss and share of right answers of late. */
    @FunctionalInterface
    public interface Progress {
        void at(int step, double loss, double right);
    }

    public Training {
        if (batch <= 0 || batch % SHARDS != 0) {
            throw new IllegalArgumentException("A batch of %d cannot be cut into %d parts.".formatted(batch, SHARDS));
        }
    }

    /** The network that is shipped. */
    static Network network() {
        return Network.separable(
                LogMel.PATCH_FRAMES,
                LogMel.BANDS,
                12,
                new int[][] {{24}, {32, 48}, {64, 96}},
                SoundClass.values().length);
    }

    /** Trains. */
    Learned train(Network network, TrainingSounds sounds, Workers workers, Progress progress) {
        int count = network.weights();
        float[] weights = network.initial(new Draw(seed));
        float[] mean = weights.clone();
        float[] momentum = new float[count];
        float[] square = new float[count];
        Shard[] shards = new Shard[SHARDS];
        for (int i = 0; i < SHARDS; i++) {
            shards[i] = new Shard(network);
        }
        int each = batch / SHARDS;
        double recentLoss = 0;
        double recentRight = 0;
        for (int step = 0; step < steps; step++) {
            int now = step;
            workers.each(SHARDS, shard -> shards[shard].learn(sounds, now, shard * each, each, weights));
            double loss = 0;
            int right = 0;
            float[] gradient = shards[0].gradient;
            for (Shard shard : shards) {
                loss += shard.loss;
                right += shard.right;
                for (int i = 0; shard != shards[0] && i < count; i++) {
                    gradient[i] += shard.gradient[i];
                }
            }
            update(step, gradient, weights, momentum, square);
            double keep = Math.min(1 - 1 / AVERAGED_STEPS, 1 - 1 / (step / 10.0 + 1));
            for (int i = 0; i < count; i++) {
                mean[i] = (float) (keep * mean[i] + (1 - keep) * weights[i]);
            }
            double share = step == 0 ? 1 : 0.02;
            recentLoss += share * (loss / batch - recentLoss);
            recentRight += share * ((double) right / batch - recentRight);
            if (step % 50 == 49 || step == steps - 1) {
                progress.at(step + 1, recentLoss, recentRight);
            }
        }
        return new Learned(network, mean);
    }

    private void update(int step, float[] gradient, float[] weights, float[] momentum, float[] square) {
        double norm = 0;
        for (float g : gradient) {
            norm += (double) g * g;
        }
        // A rare gradient that is far too large must not undo what was learnt.
        float clip = (float) Math.min(1, 2 / Math.max(1e-9, StrictMath.sqrt(norm)));
        double rising = (step + 1.0) / WARM_UP_STEPS;
        double falling = 0.5 * (1 + StrictMath.cos(StrictMath.PI * step / steps)) + 0.005;
        double now = rate * Math.min(rising, falling);
        double ofMomentum = 1 - StrictMath.pow(0.9, step + 1);
        double ofSquare = 1 - StrictMath.pow(0.999, step + 1);
        for (int i = 0; i < weights.length; i++) {
            float g = gradient[i] * clip;
            momentum[i] = 0.9f * momentum[i] + 0.1f * g;
            square[i] = 0.999f * square[i] + 0.001f * g * g;
            double direction = momentum[i] / ofMomentum / (StrictMath.sqrt(square[i] / ofSquare) + 1e-7);
            weights[i] -= (float) (now * (direction + decay * weights[i]));
        }
    }

    private final class Shard {

        private final Network.Pass pass;
        private final float[] gradient;
        private final LevelledPatch levelled = new LevelledPatch();
        private final float[] patch = new float[LevelledPatch.SIZE];
        private final float[] p;
        private final List<TrainingSounds.Sound> heard = new ArrayList<>();
        private double loss;
        private int right;

        Shard(Network network) {
            this.pass = network.new Pass();
            this.gradient = new float[network.weights()];
            this.p = new float[network.outputs()];
        }

        void learn(TrainingSounds sounds, int step, int first, int count, float[] weights) {
            Arrays.fill(gradient, 0);
            loss = 0;
            right = 0;
            int way = step % ways;
            if (way == 0) {
                heard.clear();
                for (int i = 0; i < count; i++) {
                    heard.add(sounds.sound((long) (step / ways) * batch + first + i));
                }
            }
            for (int i = 0; i < count; i++) {
                TrainingSounds.Example example = heard.get(i).heard(way);
                levelled.of(example.window(), patch);
                hide(new Draw(seed ^ ((long) step * batch + first + i) * 0x9e3779b97f4a7c15L));
                Learned.standardise(patch);
                int label = example.soundClass().ordinal();
                Learned.softmax(pass.forward(patch, weights), p);
                loss -= StrictMath.log(Math.max(p[label], 1e-9));
                right += Learned.most(p) == label ? 1 : 0;
                for (int c = 0; c < p.length; c++) {
                    double wanted = smoothing / p.length + (c == label ? 1 - smoothing : 0);
                    p[c] = (float) ((p[c] - wanted) / batch);
                }
                pass.backward(p, weights, gradient);
            }
        }

        /** Hides a band of frequencies or a stretch of time, at times (Park et al. 2019, "SpecAugment"). */
        private void hide(Draw draw) {
            if (draw.uniform() < 0.2) {
                int from = draw.below(LogMel.BANDS - 4);
                int to = Math.min(LogMel.BANDS, from + 2 + draw.below(10));
                for (int t = 0; t < LogMel.PATCH_FRAMES; t++) {
                    Arrays.fill(patch, t * LogMel.BANDS + from, t * LogMel.BANDS + to, HIDDEN);
                }
            }
            if (draw.uniform() < 0.2) {
                int from = draw.below(LogMel.PATCH_FRAMES - 4);
                int to = Math.min(LogMel.PATCH_FRAMES, from + 2 + draw.below(14));
                Arrays.fill(patch, from * LogMel.BANDS, to * LogMel.BANDS, HIDDEN);
            }
        }
    }

    /** The classes whose logits the network gives, in their order. */
    static List<SoundClass> classes() {
        return List.of(SoundClass.values());
    }
}
