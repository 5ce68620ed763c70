// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

import org.polias.simulate.api.Exit;

/** Lets people through a door or an exit as fast as it takes them. */
sealed interface Throttle {

    Throttle FREE = new Free();

    /** Whether one more may pass at a time; if so, he has. */
    boolean admits(double time_s);

    /** The most that pass in a second in the long run; infinite if there is no limit. */
    double rate_per_s();

    Throttle copy();

    static Throttle of(Exit.Service service) {
        return switch (service) {
            case Exit.Service.Unlimited ignored -> FREE;
            case Exit.Service.Limit limit -> new Paced(limit.persons_per_s());
            case Exit.Service.Vehicles vehicles -> new Filling(vehicles);
        };
    }

    /** All may pass. */
    record Free() implements Throttle {
        @Override
        public boolean admits(double time_s) {
            return true;
        }

        @Override
        public double rate_per_s() {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public Throttle copy() {
            return this;
        }
    }

    /** One after another, a fixed time apart. */
    final class Paced implements Throttle {
        private static final double LONGEST_STEP_S = 0.25;

        private final double rate_per_s;
        private double next_s;

        Paced(double rate_per_s) {
            this.rate_per_s = rate_per_s;
        }

        @Override
        public boolean admits(double time_s) {
            if (time_s + 1e-9 < next_s) {
                return false;
            }
            // What was not used is not saved up, but steps must not round the pace down.
            next_s = Math.max(next_s, time_s - LONGEST_STEP_S) + 1 / rate_per_s;
            return true;
        }

        @Override
        public double rate_per_s() {
            return rate_per_s;
        }

        @Override
        public Throttle copy() {
            Paced copy = new Paced(rate_per_s);
            copy.next_s = next_s;
            return copy;
        }
    }

    /** As many as there are seats in the vehicle that stands there. */
    final class Filling implements Throttle {
        private final Exit.Service.Vehicles vehicles;
        private long vehicle = -1;
        private int left;

        Filling(Exit.Service.Vehicles vehicles) {
            this.vehicles = vehicles;
        }

        @Override
        public boolean admits(double time_s) {
            if (time_s < vehicles.first_s()) {
                return false;
            }
            long current = (long) Math.floor((time_s - vehicles.first_s()) / vehicles.headway_s());
            if (current != vehicle) {
                vehicle = current;
                left = vehicles.seats();
            }
            if (left == 0) {
                return false;
            }
            left--;
            return true;
        }

        @Override
        public double rate_per_s() {
            return vehicles.seats() / vehicles.headway_s();
        }

        @Override
        public Throttle copy() {
            Filling copy = new Filling(vehicles);
            copy.vehicle = vehicle;
            copy.left = left;
            return copy;
        }
    }
}
