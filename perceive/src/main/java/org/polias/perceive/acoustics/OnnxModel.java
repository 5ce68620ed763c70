// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;

/**
 * A network in ONNX Runtime: numbers in, numbers out, on the processor, in the calling thread alone. The runtime's native library
 * (some 25 MB) is loaded with the first model, not before. For one thread at a time.
 */
public final class OnnxModel implements AutoCloseable {

    /** Where a dimension's length is whatever is given. */
    public static final long ANY = -1;

    private final String name;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final List<Port> inputs;
    private final List<Port> outputs;
    private @Nullable OnnxTensor input;
    private FloatBuffer inputBuffer = FloatBuffer.allocate(0);
    private long[] inputShape = {};

    private OnnxModel(String name, OrtEnvironment environment, OrtSession session) throws OrtException {
        this.name = name;
        this.environment = environment;
        this.session = session;
        this.inputs = ports(session.getInputInfo());
        this.outputs = ports(session.getOutputInfo());
    }

    /**
     * What goes in or comes out.
     *
     * @param isFloat whether it is of 32-bit floating-point numbers
     * @param shape the length of each dimension, {@link #ANY} where it is open
     */
    public record Port(String name, boolean isFloat, List<Long> shape) {
        public Port {
            shape = List.copyOf(shape);
        }

        /** The length of the last dimension; {@link #ANY} if it is open, and 1 of a single number. */
        public long lastDimension() {
            return shape.isEmpty() ? 1 : shape.getLast();
        }

        @Override
        public String toString() {
            return "%s [%s]"
                    .formatted(
                            name,
                            shape.stream()
                                    .map(length -> length == ANY ? "?" : length.toString())
                                    .collect(Collectors.joining(", ")));
        }
    }

    /**
     * Opens a model.
     *
     * @param name what to call it where something is wrong, such as its file's name
     * @param model the bytes of the .onnx file
     * @throws UnusableModel if it is no model that this ONNX Runtime can run, or if the runtime does not run on this machine
     */
    public static OnnxModel of(String name, byte[] model) {
        OrtEnvironment environment = environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setDeterministicCompute(true);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            return new OnnxModel(name, environment, environment.createSession(model, options));
        } catch (OrtException e) {
            throw new UnusableModel(
                    "%s is no model that ONNX Runtime %s can run: %s%nMaybe the file is cut off, or not in the format ONNX."
                            .formatted(name, environment.getVersion(), e.getMessage()),
                    e);
        }
    }

    private static OrtEnvironment environment() {
        try {
            // Its own complaints would go to the terminal; what goes wrong is thrown as well.
            OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            environment.setTelemetry(false);
            return environment;
        } catch (OrtException | RuntimeException | LinkageError e) {
            throw new UnusableModel(
                    ("ONNX Runtime does not run here: %s%nMaybe this system has none of the libraries that come with it: Linux"
                                    + " (glibc) and Windows on x64, Linux and macOS on ARM64.")
                            .formatted(e.getCause() == null ? e : e.getCause()),
                    e);
        }
    }

    /** What it was called when it was opened. */
    public String name() {
        return name;
    }

    /** What the file says of itself beyond the graph: its custom metadata. */
    public Map<String, String> metadata() {
        try {
            return Map.copyOf(session.getMetadata().getCustomMetadata());
        } catch (OrtException e) {
            throw new UnusableModel("The metadata of %s cannot be read: %s".formatted(name, e.getMessage()), e);
        }
    }

    public List<Port> inputs() {
        return inputs;
    }

    public List<Port> outputs() {
        return outputs;
    }

    /**
     * Runs the model on its only input.
     *
     * @param values as many as {@code shape} has room for
     * @param shape the lengths of the input's dimensions
     * @param output which output is wanted
     * @return its numbers, the last dimension running fastest
     * @throws UnusableModel if the model refuses the shape, or fails
     */
    public float[] run(float[] values, long[] shape, Port output) {
        try {
            OnnxTensor tensor = prepared(shape);
            inputBuffer.clear();
            inputBuffer.put(values, 0, inputBuffer.capacity());
            try (OrtSession.Result result =
                    session.run(Map.of(inputs.getFirst().name(), tensor), Set.of(output.name()))) {
                FloatBuffer numbers = ((OnnxTensor) result.get(0)).getFloatBuffer();
                float[] copy = new float[numbers.remaining()];
                numbers.get(copy);
                return copy;
            }
        } catch (OrtException e) {
            throw new UnusableModel(
                    "%s fails on an input of %s: %s".formatted(name, Arrays.toString(shape), e.getMessage()), e);
        }
    }

    /** A tensor of this shape over a buffer that is filled anew for each run. */
    private OnnxTensor prepared(long[] shape) throws OrtException {
        OnnxTensor present = input;
        if (present != null && Arrays.equals(shape, inputShape)) {
            return present;
        }
        closeInput();
        long size = 1;
        for (long length : shape) {
            size *= length;
        }
        inputBuffer = ByteBuffer.allocateDirect(Math.toIntExact(size * Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        inputShape = shape.clone();
        OnnxTensor tensor = OnnxTensor.createTensor(environment, inputBuffer, shape);
        input = tensor;
        return tensor;
    }

    private void closeInput() {
        OnnxTensor present = input;
        if (present != null) {
            present.close();
            input = null;
        }
    }

    private static List<Port> ports(Map<String, NodeInfo> nodes) {
        List<Port> ports = new ArrayList<>();
        nodes.forEach((name, node) -> {
            if (node.getInfo() instanceof TensorInfo tensor) {
                List<Long> shape = new ArrayList<>();
                for (long length : tensor.getShape()) {
                    shape.add(length);
                }
                ports.add(new Port(name, tensor.type == OnnxJavaType.FLOAT, shape));
            } else {
                ports.add(new Port(name, false, List.of()));
            }
        });
        return List.copyOf(ports);
    }

    @Override
    public void close() {
        closeInput();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("%s cannot be closed.".formatted(name), e);
        }
    }
}
