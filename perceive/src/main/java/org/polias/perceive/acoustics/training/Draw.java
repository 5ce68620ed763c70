// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics.training;

/** Seeded random numbers: SplitMix64 (Steele, Lea and Flood 2014). For one thread. */
final class Draw {

    private long state;

    Draw(long seed) {
        this.state = seed;
    }

    double uniform() {
        return (bits() >>> 11) * 0x1.0p-53;
    }

    int below(int bound) {
        return (int) (uniform() * bound);
    }

    double between(double low, double high) {
        return low + (high - low) * uniform();
    }

    double gaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
    }

    private long bits() {
        state += 0x9e3779b97f4a7c15L;
        long z = state;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
