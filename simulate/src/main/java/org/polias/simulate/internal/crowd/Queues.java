// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

/** How many people make for each exit from how far. */
final class Queues {

    private static final float BIN_M = 2;
    private static final int BINS = 1024;

    private final int[][] ahead;

    Queues(int exits) {
        ahead = new int[exits][BINS];
    }

    private static int bin(float distance) {
        return Math.clamp((int) (distance / BIN_M), 0, BINS - 1);
    }

    void add(int exit, float distance) {
        ahead[exit][bin(distance)]++;
    }

    /** Sums up, once all are added. */
    void ready() {
        for (int[] counts : ahead) {
            for (int i = 1; i < BINS; i++) {
                counts[i] += counts[i - 1];
            }
        }
    }

    /** How many are nearer to an exit. */
    int ahead(int exit, float distance) {
        int bin = bin(distance);
        return bin == 0 ? 0 : ahead[exit][bin - 1];
    }

    /** Takes somebody from one queue to another. */
    void move(int from, float fromDistance, int to, float toDistance) {
        if (from >= 0) {
            for (int i = bin(fromDistance); i < BINS; i++) {
                ahead[from][i]--;
            }
        }
        for (int i = bin(toDistance); i < BINS; i++) {
            ahead[to][i]++;
        }
    }
}
