// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

import java.util.Arrays;
import java.util.List;

/**
 * What a simulation came to.
 *
 * @param time_s how long it ran
 * @param people everybody there was, or was to come
 * @param leaving_s for each person, in the order of the numbers, when he was out; NaN: he was not
 * @param exit for each person the index of the exit by which he left; -1: none
 * @param dose for each person the fractional effective dose gathered
 * @param walked_m for each person how far he walked
 * @param hurt people hurt by threats
 * @param overcome people overcome by smoke or gas
 */
public record Result(
        double time_s,
        int people,
        float[] leaving_s,
        int[] exit,
        float[] dose,
        float[] walked_m,
        int hurt,
        int overcome,
        List<Passages> doors,
        List<Passages> exits,
        List<Passages> cordons,
        List<AreaSeries> areas,
        List<DensityMap> maps) {

    /**
     * Who passed a door, an exit or a cordon.
     *
     * @param forward_s when, from left to right (out, of an exit), in rising order
     * @param backward_s when, from right to left
     */
    public record Passages(String id, float[] forward_s, float[] backward_s) {

        /** Both ways in the order of time. */
        public float[] all_s() {
            float[] all = Arrays.copyOf(forward_s, forward_s.length + backward_s.length);
            System.arraycopy(backward_s, 0, all, forward_s.length, backward_s.length);
            Arrays.sort(all);
            return all;
        }

        /**
         * The mean flow, persons per second, while it flows: from the passage of the part {@code from} of all to that of the part
         * {@code to}. NaN if fewer than two pass between.
         */
        public double flow_per_s(double from, double to) {
            float[] all = all_s();
            int first = (int) (from * (all.length - 1));
            int last = (int) (to * (all.length - 1));
            return last > first ? (last - first) / (double) (all[last] - all[first]) : Double.NaN;
        }
    }

    /**
     * What was measured in an area, at each sample.
     *
     * @param people people in it
     * @param density_per_m2 the Voronoi density (Steffen and Seyfried 2010)
     * @param speed_mps the Voronoi speed; NaN where nobody was
     * @param pressure_per_s2 density times the variance of the velocities
     */
    public record AreaSeries(
            String id,
            double area_m2,
            float[] time_s,
            int[] people,
            float[] density_per_m2,
            float[] speed_mps,
            float[] pressure_per_s2) {}

    /** How many are out. */
    public int evacuated() {
        int count = 0;
        for (float each : leaving_s) {
            if (!Float.isNaN(each)) {
                count++;
            }
        }
        return count;
    }

    /** When the part {@code share} of all people was out; infinite if it never was. */
    public double evacuation_s(double share) {
        float[] sorted = leaving_s.clone();
        Arrays.sort(sorted);
        int needed = (int) Math.ceil(share * people - 1e-9);
        if (needed == 0) {
            return 0;
        }
        // NaN sorts last.
        float last = sorted[needed - 1];
        return Float.isNaN(last) ? Double.POSITIVE_INFINITY : last;
    }
}
