// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.ground;

import java.util.Arrays;

/**
 * Solves the eikonal equation |grad T| = f outwards from a goal by the fast marching method (Sethian 1996), second order where the
 * nodes behind allow it, with buckets instead of a heap (Yatziv, Bartesaghi and Sapiro 2006): linear time, at the price of an
 * error that the width of a bucket bounds.
 *
 * <p>Ways lead to the goal, the front comes from it: where a gate may be passed one way only, it is the way of the people that
 * counts.
 *
 * <p>An instance may be used again and again, by one thread at a time.
 */
public final class FastMarching {

    private static final int BUCKETS = 4096;
    private static final float INFINITE = Float.POSITIVE_INFINITY;
    /** Below it a smaller distance is not worth telling the neighbours of. */
    private static final float WORTH_M = 1e-3f;

    private final Lattice lattice;
    private final boolean[] open;
    private final float[] slowness;
    private final float width;

    private final boolean[] accepted;
    private final int[] heads = new int[BUCKETS];
    private int[] entryNode = new int[1024];
    private int[] entryNext = new int[1024];
    private int entries;
    private int free = -1;
    private int queued;

    /**
     * @param open for each gate whether it is open
     * @param slowness for each node how much more a metre costs; at least 1
     */
    public FastMarching(Lattice lattice, boolean[] open, float[] slowness) {
        this.lattice = lattice;
        this.open = open;
        this.slowness = slowness;
        width = (float) (lattice.cell_m() * 0.2);
        accepted = new boolean[lattice.count()];
        Arrays.fill(heads, -1);
    }

    /**
     * The field of a goal.
     *
     * @param seeds the nodes beside the goal
     * @param distances theirs to the goal
     */
    public Field march(int[] seeds, float[] distances) {
        float[] t = new float[lattice.count()];
        Arrays.fill(t, INFINITE);
        Arrays.fill(accepted, false);
        float begin = INFINITE;
        for (int i = 0; i < seeds.length; i++) {
            if (distances[i] < t[seeds[i]]) {
                t[seeds[i]] = distances[i];
                push(seeds[i], distances[i]);
                begin = Math.min(begin, distances[i]);
            }
        }
        drain(t, begin);
        short[] directions = new short[t.length];
        for (int node = 0; node < t.length; node++) {
            directions[node] = direction(t, node);
        }
        return new Field(t, directions);
    }

    /**
     * The field after something has changed at some nodes: their cost, or a gate beside them. Only what lies behind them is
     * computed again.
     *
     * @param old the field before
     * @param changed the nodes
     * @param seeds the nodes beside the goal, whose distances stay
     */
    public Field update(Field old, int[] changed, int[] seeds) {
        float[] before = old.distance();
        float[] t = before.clone();
        short[] directions = old.direction().clone();
        boolean[] isSeed = new boolean[lattice.count()];
        for (int seed : seeds) {
            isSeed[seed] = true;
        }
        // All that may depend on what changed: downstream, where distances rise.
        boolean[] marked = new boolean[lattice.count()];
        int[] behind = new int[lattice.count()];
        int tail = 0;
        for (int node : changed) {
            if (!marked[node] && !isSeed[node]) {
                marked[node] = true;
                behind[tail++] = node;
            }
        }
        for (int head = 0; head < tail; head++) {
            int node = behind[head];
            for (int d = 0; d < 4; d++) {
                int other = lattice.beside(node, d);
                if (other >= 0 && !marked[other] && !isSeed[other] && before[other] > before[node]) {
                    marked[other] = true;
                    behind[tail++] = other;
                }
            }
        }
        Arrays.fill(accepted, true);
        for (int i = 0; i < tail; i++) {
            accepted[behind[i]] = false;
            t[behind[i]] = INFINITE;
        }
        float begin = INFINITE;
        for (int i = 0; i < tail; i++) {
            for (int d = 0; d < 4; d++) {
                int other = lattice.beside(behind[i], d);
                if (other >= 0 && !marked[other] && t[other] < INFINITE) {
                    begin = Math.min(begin, t[other]);
                }
            }
        }
        if (begin == INFINITE) {
            for (int i = 0; i < tail; i++) {
                directions[behind[i]] = 0;
            }
            return new Field(t, directions);
        }
        int[] borders = new int[tail];
        int count = 0;
        for (int i = 0; i < tail; i++) {
            float value = solve(t, behind[i]);
            if (value < INFINITE) {
                t[behind[i]] = value;
                borders[count++] = behind[i];
            }
        }
        // By rising distance: the circle of buckets holds a limited span only.
        sortByDistance(borders, count, t);
        drainFrom(t, borders, count);
        for (int node = 0; node < t.length; node++) {
            if (t[node] != before[node] || nearChange(t, before, node)) {
                directions[node] = direction(t, node);
            }
        }
        for (int node : changed) {
            directions[node] = direction(t, node);
        }
        return new Field(t, directions);
    }

    private boolean nearChange(float[] t, float[] before, int node) {
        for (int d = 0; d < 4; d++) {
            int other = lattice.beside(node, d);
            if (other >= 0 && t[other] != before[other]) {
                return true;
            }
        }
        return false;
    }

    private static void sortByDistance(int[] nodes, int count, float[] t) {
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            // Positive floats are ordered as their bits.
            keys[i] = (long) Float.floatToIntBits(t[nodes[i]]) << 32 | nodes[i];
        }
        Arrays.sort(keys);
        for (int i = 0; i < count; i++) {
            nodes[i] = (int) keys[i];
        }
    }

    private void drain(float[] t, float begin) {
        long bucket = begin == INFINITE ? 0 : (long) (begin / width);
        while (queued > 0) {
            bucket = drainBucket(t, bucket);
        }
    }

    private void drainFrom(float[] t, int[] sorted, int count) {
        int next = 0;
        long bucket = 0;
        while (next < count || queued > 0) {
            if (queued == 0) {
                bucket = (long) (t[sorted[next]] / width);
            }
            while (next < count && (long) (t[sorted[next]] / width) <= bucket) {
                if (!accepted[sorted[next]]) {
                    push(sorted[next], t[sorted[next]]);
                }
                next++;
            }
            if (queued > 0) {
                bucket = drainBucket(t, bucket);
            }
        }
    }

    /** Accepts what is in a bucket, and what comes to it meanwhile; returns the next bucket. */
    private long drainBucket(float[] t, long bucket) {
        int slot = (int) (bucket % BUCKETS);
        while (heads[slot] >= 0) {
            int entry = heads[slot];
            heads[slot] = entryNext[entry];
            int node = entryNode[entry];
            entryNext[entry] = free;
            free = entry;
            queued--;
            if (accepted[node]) {
                continue;
            }
            accepted[node] = true;
            for (int d = 0; d < 4; d++) {
                int other = lattice.beside(node, d);
                if (other < 0) {
                    continue;
                }
                float value = solve(t, other);
                if (value < t[other] - (accepted[other] ? WORTH_M : 0)) {
                    t[other] = value;
                    accepted[other] = false;
                    push(other, Math.max(value, bucket * width));
                }
            }
        }
        return bucket + 1;
    }

    private void push(int node, float key) {
        int entry = free;
        if (entry >= 0) {
            free = entryNext[entry];
        } else {
            if (entries == entryNode.length) {
                entryNode = Arrays.copyOf(entryNode, 2 * entries);
                entryNext = Arrays.copyOf(entryNext, 2 * entries);
            }
            entry = entries++;
        }
        int slot = (int) ((long) (key / width) % BUCKETS);
        entryNode[entry] = node;
        entryNext[entry] = heads[slot];
        heads[slot] = entry;
        queued++;
    }

    /** The distance of a node from those of its accepted neighbours. */
    private float solve(float[] t, int node) {
        float cost = (float) lattice.cell_m() * slowness[node];
        float tx = INFINITE;
        float ax = 1;
        float ty = INFINITE;
        float ay = 1;
        for (int d = 0; d < 4; d++) {
            int next = lattice.reachable(node, d, open);
            if (next < 0 || !accepted[next]) {
                continue;
            }
            float value = t[next];
            float weight = 1;
            int second = lattice.plainly(next, d);
            if (second >= 0 && accepted[second] && t[second] <= value) {
                value = (4 * value - t[second]) / 3;
                weight = 2.25f;
            }
            if ((d & 1) == 0) {
                if (value < tx) {
                    tx = value;
                    ax = weight;
                }
            } else if (value < ty) {
                ty = value;
                ay = weight;
            }
        }
        if (tx == INFINITE && ty == INFINITE) {
            return INFINITE;
        }
        if (tx < INFINITE && ty < INFINITE) {
            // ax (T - tx)^2 + ay (T - ty)^2 = cost^2
            float a = ax + ay;
            float mean = (ax * tx + ay * ty) / a;
            float rest = cost * cost - ax * ay / a * (tx - ty) * (tx - ty);
            if (rest >= 0) {
                float value = mean + (float) Math.sqrt(rest / a);
                if (value >= tx && value >= ty) {
                    return value;
                }
            }
        }
        float byX = tx + cost / (float) Math.sqrt(ax);
        float byY = ty + cost / (float) Math.sqrt(ay);
        return Math.min(byX, byY);
    }

    /** Against the gradient of the distances. */
    private short direction(float[] t, int node) {
        float here = t[node];
        if (here == INFINITE) {
            return 0;
        }
        double gx = slope(t, here, node, 0);
        double gy = slope(t, here, node, 1);
        double length = Math.hypot(gx, gy);
        if (length < 0.3) {
            // A ridge between two ways: take one.
            gx = steepest(t, here, node, 0);
            gy = steepest(t, here, node, 1);
            length = Math.hypot(gx, gy);
        }
        return length < 1e-6 ? 0 : Field.pack(gx / length, gy / length);
    }

    /** How the distance falls along an axis, per cell's cost: by central differences, one-sided at walls. */
    private double slope(float[] t, float here, int node, int axis) {
        int ahead = lattice.reachable(node, axis, open);
        int back = lattice.reachable(node, axis + 2, open);
        float tAhead = ahead < 0 ? INFINITE : t[ahead];
        float tBack = back < 0 ? INFINITE : t[back];
        double h = lattice.cell_m();
        if (tAhead < INFINITE && tBack < INFINITE) {
            return (tBack - tAhead) / (2 * h);
        }
        // Away from a wall one does not go for its own sake.
        if (tAhead < here) {
            return (here - tAhead) / h;
        }
        return tBack < here ? (tBack - here) / h : 0;
    }

    private double steepest(float[] t, float here, int node, int axis) {
        int ahead = lattice.reachable(node, axis, open);
        int back = lattice.reachable(node, axis + 2, open);
        float tAhead = ahead < 0 ? here : Math.min(here, t[ahead]);
        float tBack = back < 0 ? here : Math.min(here, t[back]);
        return tAhead <= tBack ? here - tAhead : tBack - here;
    }
}
