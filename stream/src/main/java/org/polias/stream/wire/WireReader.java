// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;

/** Reads what {@link WireWriter} wrote. Every method throws {@link CorruptRecordException} where the bytes do not fit. */
public final class WireReader {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] buffer;
    private int position;

    public WireReader(byte[] buffer) {
        this.buffer = buffer;
    }

    /** How many bytes are left. */
    public int remaining() {
        return buffer.length - position;
    }

    public int octet() {
        require(1);
        return buffer[position++] & 0xff;
    }

    public boolean truth() {
        int value = octet();
        if (value > 1) {
            throw corrupt("a truth value of %d".formatted(value));
        }
        return value == 1;
    }

    public long unsigned() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int octet = octet();
            value |= (long) (octet & 0x7f) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw corrupt("a number of more than ten bytes");
    }

    public long signed() {
        long value = unsigned();
        return value >>> 1 ^ -(value & 1);
    }

    public long fixed() {
        require(Long.BYTES);
        long value = (long) LONG.get(buffer, position);
        position += Long.BYTES;
        return value;
    }

    public double number() {
        return Double.longBitsToDouble(fixed());
    }

    public Instant instant() {
        long seconds = signed();
        long nanos = unsigned();
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException | ArithmeticException e) {
            throw new CorruptRecordException("An instant of %d s and %d ns is none.".formatted(seconds, nanos), e);
        }
    }

    public String text() {
        int length = size(1);
        String value = new String(buffer, position, length, StandardCharsets.UTF_8);
        position += length;
        return value;
    }

    public byte[] bytes() {
        return raw(size(1));
    }

    /** {@code length} bytes. */
    public byte[] raw(int length) {
        require(length);
        byte[] value = Arrays.copyOfRange(buffer, position, position + length);
        position += length;
        return value;
    }

    /** The number of elements that follow, each of which takes at least {@code elementBytes}. */
    public int size(int elementBytes) {
        long size = unsigned();
        if (size < 0 || size > remaining() / elementBytes) {
            throw corrupt("a length of %d with %d bytes left".formatted(size, remaining()));
        }
        return (int) size;
    }

    /** The constant of {@code constants} with the ordinal that is written here. */
    public <E extends Enum<E>> E constant(E[] constants) {
        int ordinal = octet();
        if (ordinal >= constants.length) {
            throw corrupt("the unknown %s %d"
                    .formatted(constants.getClass().getComponentType().getSimpleName(), ordinal));
        }
        return constants[ordinal];
    }

    /** Checks that everything was read. */
    public void end() {
        if (remaining() != 0) {
            throw corrupt("%d bytes too many".formatted(remaining()));
        }
    }

    private void require(int bytes) {
        if (bytes < 0 || remaining() < bytes) {
            throw corrupt("%d bytes missing".formatted(bytes - remaining()));
        }
    }

    private CorruptRecordException corrupt(String what) {
        return new CorruptRecordException(
                "The record has %s at byte %d of %d.%nMaybe a newer release wrote it, or the data are damaged."
                        .formatted(what, position, buffer.length));
    }
}
