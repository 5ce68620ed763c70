// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics.training;

/**
 * A layer of a {@link Network}: planes of time x frequency in, planes out. Arrays are channel by channel, each plane row by row (a row is
 * an instant). Loops run along planes so that a compiler can use vector instructions without changing the order of any sum.
 */
sealed interface Layer {

    int inChannels();

    int outChannels();

    /** Rows and columns of what goes in, and of what comes out. */
    int inRows();

    int inColumns();

    int outRows();

    int outColumns();

    /** How many weights it has. */
    default int weights() {
        return 0;
    }

    /** How many values a unit sums: for the scale of the first weights. */
    default int fanIn() {
        return 1;
    }

    /** Where, among its weights, those are that begin at 0. */
    default int biases() {
        return 0;
    }

    default int outSize() {
        return outChannels() * outRows() * outColumns();
    }

    default int inSize() {
        return inChannels() * inRows() * inColumns();
    }

    /** Writes all of {@code y}. {@code w} holds its weights from {@code at} on. {@code scratch} and {@code spare} are free to use. */
    void forward(float[] x, float[] y, float[] w, int at, float[] scratch, float[] spare);

    /** Adds to the gradient of its weights; writes all of {@code dx} unless it is empty. {@code dy} may be overwritten. */
    void backward(
            float[] x,
            float[] y,
            float[] dy,
            float[] dx,
            float[] w,
            int at,
            float[] gradient,
            float[] scratch,
            float[] spare);

    /** 3 x 3 convolution of one plane with stride 2 and padding 1. */
    record Stem(int outChannels, int inRows, int inColumns) implements Layer {

        @Override
        public int inChannels() {
            return 1;
        }

        @Override
        public int outRows() {
            return inRows / 2;
        }

        @Override
        public int outColumns() {
            return inColumns / 2;
        }

        @Override
        public int weights() {
            return outChannels * 10;
        }

        @Override
        public int biases() {
            return outChannels;
        }

        @Override
        public int fanIn() {
            return 9;
        }

        @Override
        public void forward(float[] x, float[] y, float[] w, int at, float[] scratch, float[] spare) {
            int size = outRows() * outColumns();
            gather(x, scratch);
            for (int c = 0; c < outChannels; c++) {
                Vectors.fill(y, c * size, size, w[at + outChannels * 9 + c]);
            }
            Vectors.multiply(w, at, scratch, y, outChannels, 9, size);
        }

        @Override
        public void backward(
                float[] x,
                float[] y,
                float[] dy,
                float[] dx,
                float[] w,
                int at,
                float[] gradient,
                float[] scratch,
                float[] spare) {
            int size = outRows() * outColumns();
            gather(x, scratch);
            Vectors.weightGradient(dy, scratch, gradient, at, outChannels, 9, size, spare);
            Vectors.addSums(dy, gradient, at + outChannels * 9, outChannels, size);
        }

        private void gather(float[] x, float[] into) {
            int rows = outRows();
            int columns = outColumns();
            for (int k = 0; k < 9; k++) {
                for (int r = 0; r < rows; r++) {
                    int row = 2 * r + k / 3 - 1;
                    int to = (k * rows + r) * columns;
                    for (int c = 0; c < columns; c++) {
                        int column = 2 * c + k % 3 - 1;
                        into[to + c] = row < 0 || row >= inRows || column < 0 || column >= inColumns
                                ? 0
                                : x[row * inColumns + column];
                    }
                }
            }
        }
    }

    /** 3 x 3 convolution of each plane by itself, with padding 1. */
    record Depthwise(int channels, int rows, int columns) implements Layer {

        @Override
        public int inChannels() {
            return channels;
        }

        @Override
        public int outChannels() {
            return channels;
        }

        @Override
        public int inRows() {
            return rows;
        }

        @Override
        public int inColumns() {
            return columns;
        }

        @Override
        public int outRows() {
            return rows;
        }

        @Override
        public int outColumns() {
            return columns;
        }

        @Override
        public int weights() {
            return channels * 10;
        }

        @Override
        public int biases() {
            return channels;
        }

        @Override
        public int fanIn() {
            return 9;
        }

        @Override
        public void forward(float[] x, float[] y, float[] w, int at, float[] scratch, float[] spare) {
            int wide = columns + 2;
            int span = rows * wide - 2;
            for (int c = 0; c < channels; c++) {
                pad(x, c, scratch, 0);
                Vectors.fill(spare, 0, rows * wide, w[at + channels * 9 + c]);
                for (int k = 0; k < 9; k += 3) {
                    int from = k / 3 * wide;
                    float w0 = w[at + c * 9 + k];
                    float w1 = w[at + c * 9 + k + 1];
                    float w2 = w[at + c * 9 + k + 2];
                    for (int i = 0; i < span; i++) {
                        spare[i] += w0 * scratch[from + i] + w1 * scratch[from + i + 1] + w2 * scratch[from + i + 2];
                    }
                }
                for (int r = 0; r < rows; r++) {
                    System.arraycopy(spare, r * wide, y, (c * rows + r) * columns, columns);
                }
            }
        }

        @Override
        public void backward(
                float[] x,
                float[] y,
                float[] dy,
                float[] dx,
                float[] w,
                int at,
                float[] gradient,
                float[] scratch,
                float[] spare) {
            int wide = columns + 2;
            int span = rows * wide - 2;
            for (int c = 0; c < channels; c++) {
                // The gradient with respect to the input is the convolution with the kernel turned round.
                pad(dy, c, scratch, 0);
                Vectors.fill(spare, 0, rows * wide, 0);
                for (int k = 0; k < 9; k += 3) {
                    int from = k / 3 * wide;
                    float w0 = w[at + c * 9 + 8 - k];
                    float w1 = w[at + c * 9 + 7 - k];
                    float w2 = w[at + c * 9 + 6 - k];
                    for (int i = 0; i < span; i++) {
                        spare[i] += w0 * scratch[from + i] + w1 * scratch[from + i + 1] + w2 * scratch[from + i + 2];
                    }
                }
                for (int r = 0; r < rows; r++) {
                    System.arraycopy(spare, r * wide, dx, (c * rows + r) * columns, columns);
                }
                // For the weights: products of the padded input, shifted, with the padded gradient; margins are 0.
                pad(x, c, spare, 0);
                int inner = wide + 1;
                for (int k = 0; k < 9; k++) {
                    int shift = (k / 3 - 1) * wide + k % 3 - 1;
                    gradient[at + c * 9 + k] += Vectors.dot(scratch, inner, spare, inner + shift, rows * wide - 2);
                }
            }
            Vectors.addSums(dy, gradient, at + channels * 9, channels, rows * columns);
        }

        private void pad(float[] x, int channel, float[] into, int at) {
            int wide = columns + 2;
            Vectors.fill(into, at, wide, 0);
            Vectors.fill(into, at + (rows + 1) * wide, wide, 0);
            for (int r = 0; r < rows; r++) {
                int row = at + (r + 1) * wide;
                into[row] = 0;
                into[row + columns + 1] = 0;
                System.arraycopy(x, (channel * rows + r) * columns, into, row + 1, columns);
            }
        }
    }

    /** A weighted sum of all channels at each point. */
    record Pointwise(int inChannels, int outChannels, int rows, int columns) implements Layer {

        @Override
        public int inRows() {
            return rows;
        }

        @Override
        public int inColumns() {
            return columns;
        }

        @Override
        public int outRows() {
            return rows;
        }

        @Override
        public int outColumns() {
            return columns;
        }

        @Override
        public int weights() {
            return outChannels * (inChannels + 1);
        }

        @Override
        public int biases() {
            return outChannels;
        }

        @Override
        public int fanIn() {
            return inChannels;
        }

        @Override
        public void forward(float[] x, float[] y, float[] w, int at, float[] scratch, float[] spare) {
            int size = rows * columns;
            for (int c = 0; c < outChannels; c++) {
                Vectors.fill(y, c * size, size, w[at + outChannels * inChannels + c]);
            }
            Vectors.multiply(w, at, x, y, outChannels, inChannels, size);
        }

        @Override
        public void backward(
                float[] x,
                float[] y,
                float[] dy,
                float[] dx,
                float[] w,
                int at,
                float[] gradient,
                float[] scratch,
                float[] spare) {
            int size = rows * columns;
            Vectors.weightGradient(dy, x, gradient, at, outChannels, inChannels, size, spare);
            Vectors.addSums(dy, gradient, at + outChannels * inChannels, outChannels, size);
            Vectors.fill(dx, 0, inChannels * size, 0);
            Vectors.multiplyTransposed(w, at, dy, dx, outChannels, inChannels, size);
        }
    }

    /**
     * Takes mean and deviation of all values of an example out (group normalisation with one group: Wu and He 2018), gives each channel a
     * scale and each of its columns an offset, and sets to 0 what is negative. By the offsets the network knows which frequency it looks at.
     */
    record Norm(int channels, int rows, int columns) implements Layer {

        static final float EPSILON = 1e-3f;

        @Override
        public int inChannels() {
            return channels;
        }

        @Override
        public int outChannels() {
            return channels;
        }

        @Override
        public int inRows() {
            return rows;
        }

        @Override
        public int inColumns() {
            return columns;
        }

        @Override
        public int outRows() {
            return rows;
        }

        @Override
        public int outColumns() {
            return columns;
        }

        /** Scales, of which 1 is subtracted so that weights begin at 0, and offsets. */
        @Override
        public int weights() {
            return channels * (1 + columns);
        }

        @Override
        public int biases() {
            return weights();
        }

        @Override
        public void forward(float[] x, float[] y, float[] w, int at, float[] scratch, float[] spare) {
            int size = rows * columns;
            float mean = Vectors.sum(x, 0, channels * size) / (channels * size);
            float scale = scale(x, mean);
            for (int c = 0; c < channels; c++) {
                float factor = scale * (1 + w[at + c]);
                float shift = mean * factor;
                int offset = at + channels + c * columns;
                for (int row = c * size; row < (c + 1) * size; row += columns) {
                    for (int i = 0; i < columns; i++) {
                        y[row + i] = Math.max(0, x[row + i] * factor - shift + w[offset + i]);
                    }
                }
            }
        }

        @Override
        public void backward(
                float[] x,
                float[] y,
                float[] dy,
                float[] dx,
                float[] w,
                int at,
                float[] gradient,
                float[] scratch,
                float[] spare) {
            int size = rows * columns;
            int all = channels * size;
            float mean = Vectors.sum(x, 0, all) / all;
            float scale = scale(x, mean);
            Vectors.rectifyBack(y, dy, all);
            float sum = 0;
            float product = 0;
            for (int c = 0; c < channels; c++) {
                int from = c * size;
                float ofGradient = Vectors.sum(dy, from, size);
                float ofProduct = (Vectors.dot(dy, from, x, from, size) - mean * ofGradient) * scale;
                gradient[at + c] += ofProduct;
                int offset = at + channels + c * columns;
                for (int row = from; row < from + size; row += columns) {
                    for (int i = 0; i < columns; i++) {
                        gradient[offset + i] += dy[row + i];
                    }
                }
                sum += ofGradient * (1 + w[at + c]);
                product += ofProduct * (1 + w[at + c]);
            }
            float meanGradient = sum / all;
            float slope = product / all * scale;
            for (int c = 0; c < channels; c++) {
                float factor = 1 + w[at + c];
                for (int i = c * size; i < (c + 1) * size; i++) {
                    dx[i] = scale * (dy[i] * factor - meanGradient - (x[i] - mean) * slope);
                }
            }
        }

        private float scale(float[] x, float mean) {
            int all = channels * rows * columns;
            float variance = Vectors.squares(x, mean, all) / all;
            return (float) (1 / Math.sqrt(variance + EPSILON));
        }
    }

    /** The mean of each 2 x 2 points. */
    record Halve(int channels, int inRows, int inColumns) implements Layer {

        @Override
        public int inChannels() {
            return channels;
        }

        @Override
        public int outChannels() {
            return channels;
        }

        @Override
        public int outRows() {
            return inRows / 2;
        }

        @Override
        public int outColumns() {
            return inColumns / 2;
        }

        @Override
        public void forward(float[] x, float[] y, float[] w, int at, float[] scratch, float[] spare) {
            int rows = channels * outRows();
            int columns = outColumns();
            for (int r = 0; r < rows; r++) {
                int top = 2 * r * inColumns;
                int bottom = top + inColumns;
                for (int c = 0; c < columns; c++) {
                    y[r * columns + c] =
                            0.25f * (x[top + 2 * c] + x[top + 2 * c + 1] + x[bottom + 2 * c] + x[bottom + 2 * c + 1]);
                }
            }
        }

        @Override
        public void backward(
                float[] x,
                float[] y,
                float[] dy,
                float[] dx,
                float[] w,
                int at,
                float[] gradient,
                float[] scratch,
                float[] spare) {
            int rows = channels * outRows();
            int columns = outColumns();
            for (int r = 0; r < rows; r++) {
                int top = 2 * r * inColumns;
                int bottom = top + inColumns;
                for (int c = 0; c < columns; c++) {
                    float share = 0.25f * dy[r * columns + c];
                    dx[top + 2 * c] = share;
                    dx[top + 2 * c + 1] = share;
                    dx[bottom + 2 * c] = share;
                    dx[bottom + 2 * c + 1] = share;
                }
            }
        }
    }

    /** Mean and maximum over time of each column of each plane: first all means, then all maxima. */
    record Pool(int channels, int inRows, int inColumns) implements Layer {

        @Override
        public int inChannels() {
            return channels;
        }

        @Override
        public int outChannels() {
            return 2 * channels;
        }

        @Override
        public int outRows() {
            return 1;
        }

        @Override
        public int outColumns() {
            return inColumns;
        }

        @Override
        public void forward(float[] x, float[] y, float[] w, int at, float[] scratch, float[] spare) {
            int means = channels * inColumns;
            for (int c = 0; c < channels; c++) {
                for (int i = 0; i < inColumns; i++) {
                    float sum = 0;
                    float most = Float.NEGATIVE_INFINITY;
                    for (int row = 0; row < inRows; row++) {
                        float value = x[(c * inRows + row) * inColumns + i];
                        sum += value;
                        most = Math.max(most, value);
                    }
                    y[c * inColumns + i] = sum / inRows;
                    y[means + c * inColumns + i] = most;
                }
            }
        }

        @Override
        public void backward(
                float[] x,
                float[] y,
                float[] dy,
                float[] dx,
                float[] w,
                int at,
                float[] gradient,
                float[] scratch,
                float[] spare) {
            int means = channels * inColumns;
            for (int c = 0; c < channels; c++) {
                for (int i = 0; i < inColumns; i++) {
                    int column = c * inColumns + i;
                    float share = dy[column] / inRows;
                    boolean isGiven = false;
                    for (int row = 0; row < inRows; row++) {
                        int n = (c * inRows + row) * inColumns + i;
                        boolean isMost = !isGiven && x[n] == y[means + column];
                        dx[n] = isMost ? share + dy[means + column] : share;
                        isGiven |= isMost;
                    }
                }
            }
        }
    }

    /** A weighted sum of everything for each class: the logits. */
    record Dense(int inSize, int outSize) implements Layer {

        @Override
        public int inChannels() {
            return inSize;
        }

        @Override
        public int outChannels() {
            return outSize;
        }

        @Override
        public int inRows() {
            return 1;
        }

        @Override
        public int inColumns() {
            return 1;
        }

        @Override
        public int outRows() {
            return 1;
        }

        @Override
        public int outColumns() {
            return 1;
        }

        @Override
        public int weights() {
            return outSize * (inSize + 1);
        }

        @Override
        public int biases() {
            return outSize;
        }

        @Override
        public int fanIn() {
            return 8 * inSize;
        }

        @Override
        public void forward(float[] x, float[] y, float[] w, int at, float[] scratch, float[] spare) {
            for (int o = 0; o < outSize; o++) {
                y[o] = w[at + outSize * inSize + o] + Vectors.dot(w, at + o * inSize, x, 0, inSize);
            }
        }

        @Override
        public void backward(
                float[] x,
                float[] y,
                float[] dy,
                float[] dx,
                float[] w,
                int at,
                float[] gradient,
                float[] scratch,
                float[] spare) {
            Vectors.fill(dx, 0, inSize, 0);
            for (int o = 0; o < outSize; o++) {
                float d = dy[o];
                gradient[at + outSize * inSize + o] += d;
                for (int i = 0; i < inSize; i++) {
                    gradient[at + o * inSize + i] += d * x[i];
                    dx[i] += d * w[at + o * inSize + i];
                }
            }
        }
    }
}
