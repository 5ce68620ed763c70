// SPDX-License-Identifier: Apache-2.0
package org.polias.store.sql;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Rows in the binary format of COPY (PostgreSQL, COPY, "Binary Format"). Written column by column, in the table's order. */
public final class CopyBuffer {

    private static final byte[] HEADER = {
        'P',
        'G',
        'C',
        'O',
        'P',
        'Y',
        '\n',
        (byte) 0xff,
        '\r',
        '\n',
        0, // signature
        0,
        0,
        0,
        0, // flags
        0,
        0,
        0,
        0 // length of the header's extension
    };
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes = new byte[1 << 14];
    private int length;
    private int rows;

    public CopyBuffer() {
        System.arraycopy(HEADER, 0, bytes, 0, HEADER.length);
        length = HEADER.length;
    }

    /** Begins a row of so many columns. */
    public CopyBuffer row(int columns) {
        reserve(Short.BYTES);
        SHORT.set(bytes, length, (short) columns);
        length += Short.BYTES;
        rows++;
        return this;
    }

    public CopyBuffer nothing() {
        reserve(Integer.BYTES);
        putInt(-1);
        return this;
    }

    public CopyBuffer smallint(int value) {
        reserve(Integer.BYTES + Short.BYTES);
        putInt(Short.BYTES);
        SHORT.set(bytes, length, (short) value);
        length += Short.BYTES;
        return this;
    }

    public CopyBuffer integer(int value) {
        reserve(2 * Integer.BYTES);
        putInt(Integer.BYTES);
        putInt(value);
        return this;
    }

    public CopyBuffer bigint(long value) {
        reserve(Integer.BYTES + Long.BYTES);
        putInt(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
        return this;
    }

    public CopyBuffer real(double value) {
        return bigint(Double.doubleToRawLongBits(value));
    }

    public CopyBuffer time(Instant value) {
        return bigint(Times.binary(value));
    }

    public CopyBuffer text(String value) {
        byte[] utf8 = Text.clean(value).getBytes(StandardCharsets.UTF_8);
        reserve(Integer.BYTES + utf8.length);
        putInt(utf8.length);
        put(utf8);
        return this;
    }

    /** A JSON document in UTF-8. */
    public CopyBuffer jsonb(byte[] json) {
        reserve(Integer.BYTES + 1 + json.length);
        putInt(1 + json.length);
        bytes[length++] = 1; // version of jsonb's binary format
        put(json);
        return this;
    }

    /** How many rows were begun. */
    public int rows() {
        return rows;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    private void putInt(int value) {
        INT.set(bytes, length, value);
        length += Integer.BYTES;
    }

    private void put(byte[] value) {
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), Math.multiplyExact(bytes.length, 2)));
        }
    }
}
