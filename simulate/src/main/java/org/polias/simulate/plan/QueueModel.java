// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Point;
import org.polias.simulate.network.Network;
import org.polias.simulate.network.Passage;

/**
 * The coarse model: people walk from passage to passage by the shortest way at their own speed, and queue where it is narrow, first come
 * first served, at the rate that the width lets through (a mesoscopic queue model, after Lämmel, Grether and Nagel 2010, without
 * spill-back). Ten thousand times as fast as walking them step by step; what it lacks is the crowd's friction away from narrow parts.
 * An event for each person and passage, in the order of time.
 */
final class QueueModel {

    private final Network network;
    private final Capacities capacities;
    private final Optional<ExposureMap> exposures;
    private final double until_s;
    /** Several passages to one exit share its width. */
    private final int[] server;

    private final double[] rate;

    /**
     * @param exposures where presence is harmful; none where nothing is
     * @param until_s who is not out then is not out
     */
    QueueModel(Network network, Capacities capacities, Optional<ExposureMap> exposures, double until_s) {
        this.network = network;
        this.capacities = capacities;
        this.exposures = exposures;
        this.until_s = until_s;
        int n = network.passages().size();
        this.server = new int[n];
        this.rate = new double[n];
        for (int p = 0; p < n; p++) {
            Passage passage = network.passages().get(p);
            server[p] = p;
            rate[p] = capacities.rate_per_s(passage, true);
            if (passage.exit() >= 0) {
                for (int q = 0; q < p; q++) {
                    if (network.passages().get(q).exit() == passage.exit()) {
                        server[p] = q;
                        break;
                    }
                }
            }
        }
    }

    Capacities capacities() {
        return capacities;
    }

    /** The server of a passage: the passage itself, or the first that leads to the same exit. */
    int server(int passage) {
        return server[passage];
    }

    double rate_per_s(int passage) {
        return rate[passage];
    }

    /** An exit that is lost at a time. */
    record Loss(int exit, double at_s) {}

    /**
     * Lets everybody go.
     *
     * @param exits the exit that each makes for; -1: nowhere
     * @param sets_s when each sets out
     */
    Outcome run(Sample sample, Routes routes, Routes.Ways ways, int[] exits, double[] sets_s, Optional<Loss> loss) {
        int n = sample.count;
        int[] exit = exits.clone();
        int[] crossing = new int[n];
        double[] leaving = new double[n];
        double[] exposure = new double[exposures.isPresent() ? n : 0];
        Arrays.fill(leaving, Double.POSITIVE_INFINITY);
        double[] free = new double[network.passages().size()];
        int[] seatsTaken = new int[network.passages().size()];
        int exitCount = network.scene().exits().size();
        double[] lastOut = new double[exitCount];
        int[] out = new int[exitCount];
        int longestQueue = 0;
        int worst = -1;
        int lostExit = loss.map(Loss::exit).orElse(-1);
        double lostAt = loss.map(Loss::at_s).orElse(Double.POSITIVE_INFINITY);
        Agenda agenda = new Agenda(n);
        for (int i = 0; i < n; i++) {
            crossing[i] = exit[i] < 0 ? -1 : ways.first()[i][exit[i]];
            if (crossing[i] < 0) {
                continue;
            }
            double walk = ways.first_m()[i][exit[i]] / sample.speed_mps[i];
            double arrives = sets_s[i] + walk;
            if (exposure.length > 0) {
                Point to = network.passages().get(crossing[i] / 2).at();
                exposure[i] += exposures.get().along(sample.at[i], sample.at[i], 0, Math.min(until_s, sets_s[i]))
                        + exposures.get().along(sample.at[i], to, sets_s[i], arrives);
            }
            agenda.add(arrives, i);
        }
        while (!agenda.isEmpty()) {
            double now = agenda.time();
            int i = agenda.poll();
            if (now > until_s) {
                break;
            }
            int c = crossing[i];
            int p = c / 2;
            Passage passage = network.passages().get(p);
            int s = server[p];
            double start = serves(passage, s, Math.max(now, free[s]), seatsTaken, free);
            if (exit[i] == lostExit && start >= lostAt) {
                // The exit is lost before this one is through it: away from here to the nearest other.
                double turns = Math.max(now, lostAt);
                int other = nearestOther(routes, c, lostExit);
                if (other < 0) {
                    continue;
                }
                int then = routes.instead(c, other);
                exit[i] = other;
                crossing[i] = then;
                double walk = network.distance_m(routes.placeBefore(c), p, then / 2) / sample.speed_mps[i];
                expose(exposure, i, passage, passage, now, turns);
                expose(exposure, i, passage, network.passages().get(then / 2), turns, turns + walk);
                agenda.add(turns + walk, i);
                continue;
            }
            double done = take(passage, s, start, sample, seatsTaken, free);
            int waiting = (int) ((start - now) * Math.min(rate[p], 1e6));
            if (waiting > longestQueue) {
                longestQueue = waiting;
                worst = p;
            }
            expose(exposure, i, passage, passage, now, done);
            if (passage.exit() >= 0) {
                leaving[i] = done <= until_s ? done : Double.POSITIVE_INFINITY;
                lastOut[passage.exit()] = Math.max(lastOut[passage.exit()], done);
                out[passage.exit()]++;
                continue;
            }
            int following = routes.next(c, exit[i]);
            double walk = routes.step_m(c, following) / sample.speed_mps[i];
            expose(exposure, i, passage, network.passages().get(following / 2), done, done + walk);
            crossing[i] = following;
            agenda.add(done + walk, i);
        }
        double[] slow = slowest(sample, leaving);
        double sum = 0;
        int harmed = 0;
        for (double each : exposure) {
            sum += each;
            if (each >= 1) {
                harmed++;
            }
        }
        Arrays.sort(leaving);
        return new Outcome(leaving, slow, sum, harmed, lastOut, out, free, longestQueue, worst);
    }

    private void expose(double[] exposure, int person, Passage from, Passage to, double from_s, double to_s) {
        if (exposure.length > 0) {
            exposure[person] += exposures.get().along(from.at(), to.at(), from_s, Math.min(to_s, until_s));
        }
    }

    /** From when on the next is served. */
    private static double serves(Passage passage, int server, double from, int[] seatsTaken, double[] free) {
        if (passage.service() instanceof Exit.Service.Vehicles(int seats, double first_s, double headway_s)) {
            // Vehicle k is there from first + k headway until the next comes; seatsTaken is of the one that took the
            // last.
            if (from < first_s) {
                return first_s;
            }
            boolean isAnother = vehicle(from, first_s, headway_s) > vehicle(free[server], first_s, headway_s);
            return isAnother || seatsTaken[server] < seats
                    ? from
                    : first_s + (vehicle(from, first_s, headway_s) + 1) * headway_s;
        }
        return openFrom(passage, from);
    }

    private static double vehicle(double t, double first_s, double headway_s) {
        return Math.floor((t - first_s) / headway_s + 1e-9);
    }

    private static double openFrom(Passage passage, double from) {
        if (passage.opening().isOpen(from)) {
            return from;
        }
        for (double change : passage.opening().changes_s()) {
            if (change > from && passage.opening().isOpen(change)) {
                return change;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** Serves one from {@code start} on and returns when he is through. */
    private double take(Passage passage, int s, double start, Sample sample, int[] seatsTaken, double[] free) {
        if (passage.service() instanceof Exit.Service.Vehicles(int _, double first_s, double headway_s)) {
            boolean isAnother = vehicle(start, first_s, headway_s) > vehicle(free[s], first_s, headway_s);
            seatsTaken[s] = isAnother ? 1 : seatsTaken[s] + 1;
            free[s] = start;
            return start;
        }
        double done = start + 1 / (rate[s] * sample.capacity[s]);
        free[s] = done;
        return done;
    }

    private static int nearestOther(Routes routes, int crossing, int lost) {
        int best = -1;
        double shortest = Double.POSITIVE_INFINITY;
        for (int exit = 0; exit < routes.exits(); exit++) {
            double d = exit == lost ? Double.POSITIVE_INFINITY : routes.insteadLength_m(crossing, exit);
            if (d < shortest) {
                shortest = d;
                best = exit;
            }
        }
        return best;
    }

    private static double[] slowest(Sample sample, double[] leaving) {
        double[] speeds = sample.speed_mps.clone();
        Arrays.sort(speeds);
        double limit = speeds.length == 0 ? 0 : speeds[(speeds.length - 1) / 10];
        double[] slow = new double[speeds.length];
        int count = 0;
        for (int i = 0; i < sample.count; i++) {
            if (sample.speed_mps[i] <= limit) {
                slow[count++] = leaving[i];
            }
        }
        slow = Arrays.copyOf(slow, count);
        Arrays.sort(slow);
        return slow;
    }

    /** Names of passages, for people. */
    static String name(Network network, int passage) {
        List<Passage> passages = network.passages();
        return passage < 0 ? "" : passages.get(passage).id();
    }

    /** Who arrives when: a heap, in which those who arrive at the same moment come in the order of their numbers. */
    private static final class Agenda {

        private double[] time;
        private int[] who;
        private int size;

        Agenda(int capacity) {
            time = new double[Math.max(16, capacity)];
            who = new int[time.length];
        }

        boolean isEmpty() {
            return size == 0;
        }

        double time() {
            return time[0];
        }

        void add(double t, int person) {
            if (size == time.length) {
                time = Arrays.copyOf(time, 2 * size);
                who = Arrays.copyOf(who, 2 * size);
            }
            int i = size++;
            while (i > 0) {
                int up = (i - 1) >> 1;
                if (!isBefore(t, person, time[up], who[up])) {
                    break;
                }
                time[i] = time[up];
                who[i] = who[up];
                i = up;
            }
            time[i] = t;
            who[i] = person;
        }

        int poll() {
            int top = who[0];
            size--;
            double t = time[size];
            int person = who[size];
            int i = 0;
            while (true) {
                int down = 2 * i + 1;
                if (down >= size) {
                    break;
                }
                if (down + 1 < size && isBefore(time[down + 1], who[down + 1], time[down], who[down])) {
                    down++;
                }
                if (!isBefore(time[down], who[down], t, person)) {
                    break;
                }
                time[i] = time[down];
                who[i] = who[down];
                i = down;
            }
            time[i] = t;
            who[i] = person;
            return top;
        }

        private static boolean isBefore(double t, int a, double u, int b) {
            return t != u ? t < u : a < b;
        }
    }
}
