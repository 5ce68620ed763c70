// SPDX-License-Identifier: Apache-2.0
package org.polias.model.id;

/**
 * A 64-bit hash that is the same on every machine and in every release, from which ids of derived things are computed. It is
 * FNV-1a over the parts (each ended, so that "ab","c" differs from "a","bc"), finished by the mixer of MurmurHash3
 * (Appleby, public domain). Not for security.
 */
public final class StableHash {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    /** Crockford's base 32: no I, L, O, U, so that an id survives being read over the radio. */
    private static final char[] BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    private long h = FNV_OFFSET;

    /** Adds a text. */
    public StableHash add(String part) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            step(c & 0xff);
            step(c >>> 8);
        }
        step(0xff);
        step(0xff);
        return this;
    }

    /** Adds a number, byte by byte. */
    public StableHash add(long part) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            step((int) (part >>> shift) & 0xff);
        }
        return this;
    }

    /** Adds a floating-point number by its bits; -0.0 counts as 0.0. */
    public StableHash add(double part) {
        return add(Double.doubleToLongBits(part == 0.0 ? 0.0 : part));
    }

    /** The hash of all that was added. */
    public long value() {
        long k = h;
        k ^= k >>> 33;
        k *= 0xff51afd7ed558ccdL;
        k ^= k >>> 33;
        k *= 0xc4ceb9fe1a85ec53L;
        k ^= k >>> 33;
        return k;
    }

    /** The hash as 13 characters of Crockford's base 32. */
    public String base32() {
        return base32(value(), 13);
    }

    /** The lowest {@code characters * 5} bits of {@code value} as Crockford's base 32. */
    public static String base32(long value, int characters) {
        char[] text = new char[characters];
        long rest = value;
        for (int i = characters - 1; i >= 0; i--) {
            text[i] = BASE32[(int) (rest & 31)];
            rest >>>= 5;
        }
        return new String(text);
    }

    private void step(int octet) {
        h = (h ^ octet) * FNV_PRIME;
    }
}
