// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Writes primitive values one behind the other. Whole numbers take as many bytes as they need (LEB128, signed ones zigzag), other
 * numbers are little-endian, texts and byte strings are led by their length. Not thread-safe.
 */
public final class WireWriter {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LONGEST_VARINT = 10;

    private byte[] buffer;
    private int length;

    public WireWriter() {
        this(256);
    }

    public WireWriter(int capacity) {
        buffer = new byte[capacity];
    }

    /** Forgets what was written, keeping the memory. */
    public WireWriter clear() {
        length = 0;
        return this;
    }

    /** How many bytes were written. */
    public int length() {
        return length;
    }

    public WireWriter octet(int value) {
        room(1);
        buffer[length++] = (byte) value;
        return this;
    }

    public WireWriter truth(boolean value) {
        return octet(value ? 1 : 0);
    }

    /** A number that is usually small and never negative; a negative one takes ten bytes. */
    public WireWriter unsigned(long value) {
        room(LONGEST_VARINT);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            buffer[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
        return this;
    }

    /** A number that is usually near zero. */
    public WireWriter signed(long value) {
        return unsigned(value << 1 ^ value >> 63);
    }

    /** Eight bytes. */
    public WireWriter fixed(long value) {
        room(Long.BYTES);
        LONG.set(buffer, length, value);
        length += Long.BYTES;
        return this;
    }

    public WireWriter number(double value) {
        return fixed(Double.doubleToRawLongBits(value));
    }

    /** Seconds and nanoseconds: exact for every instant. */
    public WireWriter instant(Instant value) {
        return signed(value.getEpochSecond()).unsigned(value.getNano());
    }

    /** In UTF-8. Halves of surrogate pairs, which are no characters, become '?'. */
    public WireWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    public WireWriter bytes(byte[] value) {
        unsigned(value.length);
        return raw(value);
    }

    /** Bytes without their length. */
    public WireWriter raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, buffer, length, value.length);
        length += value.length;
        return this;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    private void room(int bytes) {
        if (buffer.length - length < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(length, bytes)));
        }
    }
}
