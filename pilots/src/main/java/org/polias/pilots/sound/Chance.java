// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

import java.util.List;

/** A seeded sequence of random numbers: SplitMix64 (Steele, Lea and Flood 2014). For one thread. */
public final class Chance {

    private long state;

    public Chance(long seed) {
        this.state = mixed(seed + 0x9e3779b97f4a7c15L);
    }

    /** The sequence number {@code index} of those that belong to a seed; independent of the others. */
    public static Chance of(long seed, long index) {
        return new Chance(mixed(seed) ^ index * 0xd1342543de82ef95L);
    }

    /** A sequence of its own, which does not depend on how much is drawn from this one later. */
    public Chance fork() {
        return new Chance(bits());
    }

    /** Uniform in [0, 1). */
    public double uniform() {
        return (bits() >>> 11) * 0x1.0p-53;
    }

    /** Uniform between the two. */
    public double between(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** Between the two, with equal probability for equal ratios. */
    public double ratioBetween(double low, double high) {
        return low * StrictMath.exp(StrictMath.log(high / low) * uniform());
    }

    /** A whole number from {@code low} to {@code high}, both included. */
    public int between(int low, int high) {
        return low + (int) (uniform() * (high - low + 1));
    }

    /** True with this probability. */
    public boolean happens(double probability) {
        return uniform() < probability;
    }

    /** Normal with mean 0 and standard deviation 1 (Box and Muller). */
    public double gaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
    }

    /** Of mean 0 and standard deviation 1, nearly normal and cheap: for noise, of which there is much. */
    public double noise() {
        long bits = bits();
        long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
        return (sum - 131_070) * (1.7320508075688772 / 65_536);
    }

    public <T> T oneOf(List<T> choices) {
        return choices.get(between(0, choices.size() - 1));
    }

    /** The index of one of these weights, with probabilities in their proportion. */
    public int weighted(double... weights) {
        double sum = 0;
        for (double each : weights) {
            sum += each;
        }
        double at = uniform() * sum;
        for (int i = 0; i < weights.length; i++) {
            at -= weights[i];
            if (at < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    public long bits() {
        state += 0x9e3779b97f4a7c15L;
        return mixed(state);
    }

    private static long mixed(long bits) {
        long z = bits;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
