// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import org.polias.model.id.StableHash;

/**
 * Randomness as a function: the value number {@code i} of a named source is the same whenever and in whatever order it is asked
 * for. So a world that is stepped in another rhythm, or started again, says the same.
 */
record Noise(long seed) {

    /** A source of its own below this one. */
    Noise named(String name) {
        return new Noise(new StableHash().add(seed).add(name).value());
    }

    /** Uniform in [0, 1). */
    double uniform(long i) {
        return (bits(i) >>> 11) * 0x1.0p-53;
    }

    /** A whole number from 0 up to and without {@code bound}. */
    int below(long i, int bound) {
        return (int) (uniform(i) * bound);
    }

    /** Normal with mean 0 and standard deviation 1 (Box and Muller). */
    double gaussian(long i) {
        double radius = Math.sqrt(-2 * Math.log(1 - uniform(2 * i)));
        return radius * Math.cos(2 * Math.PI * uniform(2 * i + 1));
    }

    /** A smooth curve between -1 and 1 that changes its mind about once in every unit of {@code x} (value noise). */
    double smooth(double x) {
        long cell = (long) Math.floor(x);
        double f = x - cell;
        double blend = f * f * (3 - 2 * f);
        return (1 - blend) * (2 * uniform(cell) - 1) + blend * (2 * uniform(cell + 1) - 1);
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014) over seed and index. */
    private long bits(long i) {
        long z = seed + i * 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
