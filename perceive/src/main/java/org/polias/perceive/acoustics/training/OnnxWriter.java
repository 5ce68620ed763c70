// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics.training;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes a network as an ONNX file (IR version 8, opset 17): the few messages of the format that it needs, in protocol buffers' wire
 * format. The same network gives the same bytes. Input {@code log_mel} [1, 1, rows, columns], output {@code logits} [1, classes].
 */
final class OnnxWriter {

    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;
    private static final int FLOAT = 1;

    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_INTS = 7;

    private final ByteArrayOutputStream graph = new ByteArrayOutputStream();
    private String last = "log_mel";
    private int names;

    private OnnxWriter() {}

    /**
     * The file.
     *
     * @param offset what is added to the input before it is multiplied with {@code scale}
     * @param metadata what else the file says of itself
     */
    static byte[] write(Network network, float[] w, float offset, float scale, SortedMap<String, String> metadata) {
        OnnxWriter writer = new OnnxWriter();
        return writer.model(network, w, offset, scale, metadata);
    }

    private byte[] model(Network network, float[] w, float offset, float scale, Map<String, String> metadata) {
        Layer first = network.layers().getFirst();
        node("Add", List.of(last, tensor("offset", List.of(1), new float[] {offset})));
        node("Mul", List.of(last, tensor("scale", List.of(1), new float[] {scale})));
        for (int i = 0; i < network.layers().size(); i++) {
            layer(network.layers().get(i), w, network.at(i), "layer" + i);
        }
        node("Identity", List.of(last), "logits");
        text(graph, 2, "polias-acoustics");
        bytes(graph, 11, port("log_mel", List.of(1, 1, first.inRows(), first.inColumns())));
        bytes(graph, 12, port("logits", List.of(1, network.outputs())));

        ByteArrayOutputStream model = new ByteArrayOutputStream();
        integer(model, 1, IR_VERSION);
        text(model, 2, "polias");
        bytes(model, 7, graph.toByteArray());
        ByteArrayOutputStream opset = new ByteArrayOutputStream();
        text(opset, 1, "");
        integer(opset, 2, OPSET);
        bytes(model, 8, opset.toByteArray());
        metadata.forEach((key, value) -> {
            ByteArrayOutputStream entry = new ByteArrayOutputStream();
            text(entry, 1, key);
            text(entry, 2, value);
            bytes(model, 14, entry.toByteArray());
        });
        return model.toByteArray();
    }

    private void layer(Layer layer, float[] w, int at, String name) {
        int channels = layer.outChannels();
        int kernel = at + layer.weights() - channels;
        switch (layer) {
            case Layer.Stem _ ->
                node(
                        "Conv",
                        List.of(
                                last,
                                tensor(name + ".kernel", List.of(channels, 1, 3, 3), slice(w, at, channels * 9)),
                                tensor(name + ".bias", List.of(channels), slice(w, kernel, channels))),
                        ints("kernel_shape", 3, 3),
                        ints("strides", 2, 2),
                        ints("pads", 1, 1, 1, 1));
            case Layer.Depthwise _ ->
                node(
                        "Conv",
                        List.of(
                                last,
                                tensor(name + ".kernel", List.of(channels, 1, 3, 3), slice(w, at, channels * 9)),
                                tensor(name + ".bias", List.of(channels), slice(w, kernel, channels))),
                        ints("kernel_shape", 3, 3),
                        ints("pads", 1, 1, 1, 1),
                        integer("group", channels));
            case Layer.Pointwise pointwise ->
                node(
                        "Conv",
                        List.of(
                                last,
                                tensor(
                                        name + ".kernel",
                                        List.of(channels, pointwise.inChannels(), 1, 1),
                                        slice(w, at, channels * pointwise.inChannels())),
                                tensor(name + ".bias", List.of(channels), slice(w, kernel, channels))),
                        ints("kernel_shape", 1, 1));
            case Layer.Norm norm -> norm(w, at, channels, norm.columns(), name);
            case Layer.Halve _ -> node("AveragePool", List.of(last), ints("kernel_shape", 2, 2), ints("strides", 2, 2));
            case Layer.Pool _ -> {
                String all = last;
                node("ReduceMean", List.of(all), ints("axes", 2));
                String mean = last;
                node("ReduceMax", List.of(all), ints("axes", 2));
                node("Concat", List.of(mean, last), integer("axis", 1));
                node("Flatten", List.of(last), integer("axis", 1));
            }
            case Layer.Dense dense ->
                node(
                        "Gemm",
                        List.of(
                                last,
                                tensor(
                                        name + ".weights",
                                        List.of(dense.outSize(), dense.inSize()),
                                        slice(w, at, dense.outSize() * dense.inSize())),
                                tensor(
                                        name + ".bias",
                                        List.of(dense.outSize()),
                                        slice(w, at + dense.outSize() * dense.inSize(), dense.outSize()))),
                        integer("transB", 1));
        }
    }

    private void norm(float[] w, int at, int channels, int columns, String name) {
        String x = last;
        node("ReduceMean", List.of(x), ints("axes", 1, 2, 3));
        node("Sub", List.of(x, last));
        String centred = last;
        node("Mul", List.of(centred, centred));
        node("ReduceMean", List.of(last), ints("axes", 1, 2, 3));
        node("Add", List.of(last, tensor(name + ".epsilon", List.of(1), new float[] {Layer.Norm.EPSILON})));
        node("Sqrt", List.of(last));
        node("Div", List.of(centred, last));
        float[] scales = slice(w, at, channels);
        for (int c = 0; c < channels; c++) {
            scales[c] += 1;
        }
        node("Mul", List.of(last, tensor(name + ".scale", List.of(1, channels, 1, 1), scales)));
        node(
                "Add",
                List.of(
                        last,
                        tensor(
                                name + ".offset",
                                List.of(1, channels, 1, columns),
                                slice(w, at + channels, channels * columns))));
        node("Relu", List.of(last));
    }

    private void node(String operator, List<String> inputs, byte[]... attributes) {
        node(operator, inputs, "v" + names++, attributes);
    }

    private void node(String operator, List<String> inputs, String output, byte[]... attributes) {
        ByteArrayOutputStream node = new ByteArrayOutputStream();
        for (String input : inputs) {
            text(node, 1, input);
        }
        text(node, 2, output);
        text(node, 4, operator);
        for (byte[] attribute : attributes) {
            bytes(node, 5, attribute);
        }
        bytes(graph, 1, node.toByteArray());
        last = output;
    }

    /** Stores a constant; gives its name back. */
    private String tensor(String name, List<Integer> shape, float[] values) {
        ByteArrayOutputStream tensor = new ByteArrayOutputStream();
        for (int length : shape) {
            integer(tensor, 1, length);
        }
        integer(tensor, 2, FLOAT);
        text(tensor, 8, name);
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        bytes(tensor, 9, raw.array());
        bytes(graph, 5, tensor.toByteArray());
        return name;
    }

    private static byte[] port(String name, List<Integer> shape) {
        ByteArrayOutputStream dimensions = new ByteArrayOutputStream();
        for (int length : shape) {
            ByteArrayOutputStream dimension = new ByteArrayOutputStream();
            integer(dimension, 1, length);
            bytes(dimensions, 1, dimension.toByteArray());
        }
        ByteArrayOutputStream tensor = new ByteArrayOutputStream();
        integer(tensor, 1, FLOAT);
        bytes(tensor, 2, dimensions.toByteArray());
        ByteArrayOutputStream type = new ByteArrayOutputStream();
        bytes(type, 1, tensor.toByteArray());
        ByteArrayOutputStream port = new ByteArrayOutputStream();
        text(port, 1, name);
        bytes(port, 2, type.toByteArray());
        return port.toByteArray();
    }

    private static byte[] ints(String name, int... values) {
        ByteArrayOutputStream attribute = new ByteArrayOutputStream();
        text(attribute, 1, name);
        for (int value : values) {
            integer(attribute, 8, value);
        }
        integer(attribute, 20, ATTRIBUTE_INTS);
        return attribute.toByteArray();
    }

    private static byte[] integer(String name, int value) {
        ByteArrayOutputStream attribute = new ByteArrayOutputStream();
        text(attribute, 1, name);
        integer(attribute, 3, value);
        integer(attribute, 20, ATTRIBUTE_INT);
        return attribute.toByteArray();
    }

    private static float[] slice(float[] w, int at, int length) {
        float[] slice = new float[length];
        System.arraycopy(w, at, slice, 0, length);
        return slice;
    }

    private static void integer(ByteArrayOutputStream to, int field, long value) {
        varint(to, (long) field << 3);
        varint(to, value);
    }

    private static void text(ByteArrayOutputStream to, int field, String value) {
        bytes(to, field, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void bytes(ByteArrayOutputStream to, int field, byte[] value) {
        varint(to, (long) field << 3 | 2);
        varint(to, value.length);
        to.writeBytes(value);
    }

    private static void varint(ByteArrayOutputStream to, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            to.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        to.write((int) rest);
    }
}
