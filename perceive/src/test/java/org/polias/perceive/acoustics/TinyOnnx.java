// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Models in ONNX's own format that are small enough to write by hand: {@code scores = flatten(input) x W}, with a W that is all zero but for
 * the numbers in its first row.
 */
final class TinyOnnx {

    private static final int FLOAT = 1;

    private TinyOnnx() {}

    /**
     * @param shape of the input; -1 where it is open
     * @param size how many numbers the input has
     * @param firstRow what the first number of the input is multiplied with, for each class
     * @param outputShape as it is declared
     */
    static byte[] linear(long[] shape, int size, float[] firstRow, long[] outputShape) {
        float[] weights = new float[size * firstRow.length];
        System.arraycopy(firstRow, 0, weights, 0, firstRow.length);
        Message graph = new Message()
                .message(1, node("Reshape", "flat", "input", "flat-shape"))
                .message(1, node("MatMul", "scores", "flat", "W"))
                .text(2, "tiny")
                .message(5, floats("W", new long[] {size, firstRow.length}, weights))
                .message(5, longs("flat-shape", 1, size))
                .message(11, value("input", shape))
                .message(12, value("scores", outputShape));
        return new Message()
                .number(1, 8)
                .message(7, graph)
                .message(8, new Message().number(2, 17))
                .bytes();
    }

    private static Message node(String operator, String output, String... inputs) {
        Message node = new Message();
        for (String input : inputs) {
            node.text(1, input);
        }
        return node.text(2, output).text(4, operator);
    }

    private static Message floats(String name, long[] shape, float[] values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return tensor(name, shape, FLOAT, raw.array());
    }

    private static Message longs(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return tensor(name, new long[] {values.length}, 7, raw.array());
    }

    private static Message tensor(String name, long[] shape, int type, byte[] raw) {
        Message tensor = new Message();
        for (long length : shape) {
            tensor.number(1, length);
        }
        return tensor.number(2, type).text(8, name).bytes(9, raw);
    }

    private static Message value(String name, long[] shape) {
        Message dimensions = new Message();
        for (long length : shape) {
            dimensions.message(1, length < 0 ? new Message().text(2, "n") : new Message().number(1, length));
        }
        Message tensorType = new Message().number(1, FLOAT).message(2, dimensions);
        return new Message().text(1, name).message(2, new Message().message(1, tensorType));
    }

    /** Protocol Buffers' wire format, as far as it is needed. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return bytes(field, value.bytes());
        }

        Message bytes(int field, byte[] value) {
            varint((long) field << 3 | 2);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                out.write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
