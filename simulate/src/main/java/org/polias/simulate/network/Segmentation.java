// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.network;

import java.util.Arrays;

/**
 * Free cells divided into places at the narrow parts between them: a watershed of the clearance, flooded from the widest spots down.
 * Two basins that meet are one place unless the ground between them is clearly narrower than in both.
 */
final class Segmentation {

    /** Basins stay apart where the saddle is narrower than this part of the narrower basin's widest spot. */
    private static final double SADDLE = 0.8;

    private final Raster raster;
    private final float[] clearance;
    private final int[] parent;
    private final float[] peak;
    private int basins;

    private Segmentation(Raster raster, float[] clearance) {
        this.raster = raster;
        this.clearance = clearance;
        this.parent = new int[raster.size()];
        this.peak = new float[raster.size()];
    }

    /** For each cell the number of its place, from 0 without gaps; -1 where it is not free. */
    static int[] of(Raster raster, float[] clearance) {
        return new Segmentation(raster, clearance).run();
    }

    private int[] run() {
        int n = raster.size();
        int[] label = new int[n];
        Arrays.fill(label, -1);
        int[] neighbours = {
            -1,
            1,
            -raster.columns,
            raster.columns,
            -raster.columns - 1,
            -raster.columns + 1,
            raster.columns - 1,
            raster.columns + 1
        };
        for (int cell : byFallingClearance()) {
            int own = -1;
            for (int step : neighbours) {
                int other = label[cell + step];
                if (other < 0) {
                    continue;
                }
                int basin = find(other);
                if (own < 0) {
                    own = basin;
                } else if (basin != own) {
                    own = meet(own, basin, clearance[cell]);
                }
            }
            if (own < 0) {
                own = basins;
                parent[basins] = basins;
                peak[basins] = clearance[cell];
                basins++;
            }
            label[cell] = own;
        }
        int[] number = new int[basins];
        Arrays.fill(number, -1);
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (label[i] >= 0) {
                int root = find(label[i]);
                if (number[root] < 0) {
                    number[root] = count++;
                }
                label[i] = number[root];
            }
        }
        return label;
    }

    /** Joins two basins, or leaves them apart; returns the one to which a cell between them goes. */
    private int meet(int a, int b, float saddle) {
        float lower = Math.min(peak[a], peak[b]);
        boolean isOnePlace = saddle + 0.6 * raster.cell >= SADDLE * lower;
        if (!isOnePlace) {
            return peak[a] >= peak[b] ? a : b;
        }
        int into = peak[a] >= peak[b] ? a : b;
        int from = into == a ? b : a;
        parent[from] = into;
        return into;
    }

    private int find(int basin) {
        int root = basin;
        while (parent[root] != root) {
            root = parent[root];
        }
        while (parent[basin] != root) {
            int next = parent[basin];
            parent[basin] = root;
            basin = next;
        }
        return root;
    }

    /** Counting sort in steps of a tenth of a cell: the order among equals is that of the cells. */
    private int[] byFallingClearance() {
        double step = raster.cell / 10;
        float max = 0;
        int count = 0;
        for (int i = 0; i < clearance.length; i++) {
            if (raster.free[i]) {
                max = Math.max(max, clearance[i]);
                count++;
            }
        }
        int buckets = (int) (max / step) + 1;
        int[] start = new int[buckets + 1];
        for (int i = 0; i < clearance.length; i++) {
            if (raster.free[i]) {
                start[buckets - (int) (clearance[i] / step)]++;
            }
        }
        for (int i = 1; i <= buckets; i++) {
            start[i] += start[i - 1];
        }
        int[] order = new int[count];
        for (int i = 0; i < clearance.length; i++) {
            if (raster.free[i]) {
                int bucket = buckets - 1 - (int) (clearance[i] / step);
                order[start[bucket]++] = i;
            }
        }
        return order;
    }
}
