// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.life;

import java.util.List;

import org.polias.fuse.belief.Source;

/**
 * Which sources a case may have, in 256 bits (a Bloom filter with one hash function): what it denies is not there. A site has fifty live
 * cases of twenty sources each; of one claim's source it denies all but a few.
 */
public record SourceSketch(long a, long b, long c, long d) {

    /** Of no source. */
    public static final SourceSketch EMPTY = new SourceSketch(0, 0, 0, 0);

    static SourceSketch of(List<Source> sources) {
        SourceSketch sketch = EMPTY;
        for (Source source : sources) {
            sketch = sketch.with(source.key());
        }
        return sketch;
    }

    /** Whether a source with this key may be among them. */
    public boolean mayHave(String key) {
        int bit = bit(key);
        return (word(bit >>> 6) >>> (bit & 63) & 1) != 0;
    }

    SourceSketch with(String key) {
        int bit = bit(key);
        long mask = 1L << (bit & 63);
        return switch (bit >>> 6) {
            case 0 -> new SourceSketch(a | mask, b, c, d);
            case 1 -> new SourceSketch(a, b | mask, c, d);
            case 2 -> new SourceSketch(a, b, c | mask, d);
            default -> new SourceSketch(a, b, c, d | mask);
        };
    }

    private long word(int index) {
        return switch (index) {
            case 0 -> a;
            case 1 -> b;
            case 2 -> c;
            default -> d;
        };
    }

    /** The upper eight bits of the hash, mixed by Fibonacci hashing (Knuth, The Art of Computer Programming, 6.4). */
    private static int bit(String key) {
        return key.hashCode() * 0x9E3779B9 >>> 24;
    }
}
