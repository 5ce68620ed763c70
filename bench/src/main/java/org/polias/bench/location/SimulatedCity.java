// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.location;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

import org.polias.detect.acoustics.location.Air;
import org.polias.detect.acoustics.location.Arrival;
import org.polias.detect.acoustics.location.Microphone;
import org.polias.model.place.Offset;

/**
 * One happening in a city: where microphones stand, what the air is like, where the sound was made, and what the microphones
 * reported. Microphones stand on a grid of 320 m, each up to a quarter of that away from its point; those nearest to the source hear
 * it. The wind is up to 5 m/s in any direction, the temperature 15 +- 3 degrees; nobody is told, unless the weather is known.
 */
record SimulatedCity(
        List<Microphone> microphones, List<Arrival> arrivals, Air air, List<Offset> sources, List<Double> times_s) {

    private static final double PITCH_M = 320;
    private static final int ACROSS = 10;
    private static final double WANDER = 0.25;
    private static final double MOST_WIND_M_PER_S = 5;
    private static final double USUAL_TEMPERATURE_C = 15;
    private static final double TEMPERATURE_SPREAD_C = 3;
    private static final double MEAN_ECHO_S = 0.1;
    /** How far beyond the outermost microphones a source outside lies at most. */
    private static final double BEYOND_M = 160;
    /** Facades stand this far off the one whose sound they throw back. */
    private static final double NEAREST_FACADE_M = 4;

    private static final double FARTHEST_FACADE_M = 60;
    /** The epoch of the times: not zero, so that nothing rests on it. */
    private static final double BEGIN_S = 1000;

    static SimulatedCity make(Circumstances how, SplittableRandom random) {
        double temperature = USUAL_TEMPERATURE_C + TEMPERATURE_SPREAD_C * (2 * random.nextDouble() - 1);
        double speed = 331.3 + 0.606 * temperature;
        double wind = MOST_WIND_M_PER_S * random.nextDouble();
        double towards = 2 * Math.PI * random.nextDouble();
        double east = wind * Math.sin(towards);
        double north = wind * Math.cos(towards);

        List<Offset> sources = sources(how, random);
        List<Microphone> microphones = microphones(how, middle(sources), random);
        List<Arrival> arrivals = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        for (int s = 0; s < how.shooters(); s++) {
            Offset source = sources.get(s);
            // A microphone that hears an echo instead of one shot hears it instead of all from there.
            boolean[] isBlocked = new boolean[microphones.size()];
            double[] detour_s = new double[microphones.size()];
            for (int m = 0; m < isBlocked.length; m++) {
                isBlocked[m] = random.nextDouble() < how.echoShare();
                detour_s[m] = detour_s(how, source, microphones.get(m).place(), speed, random);
            }
            for (int k = 0; k < how.shots(); k++) {
                double made = BEGIN_S + s * Circumstances.APART_S + k * Circumstances.BURST_S;
                times.add(made);
                for (int m = 0; m < isBlocked.length; m++) {
                    Offset way = microphones.get(m).place().minus(source);
                    double d = way.length_m();
                    double direct =
                            made + d / (speed + (east * way.east_m() + north * way.north_m()) / Math.max(d, 1e-9));
                    double wrong = m == 0 ? how.wrongClock_s() : 0;
                    if (isBlocked[m]) {
                        add(arrivals, m, direct + detour_s[m] + wrong, how, random);
                    } else {
                        add(arrivals, m, direct + wrong, how, random);
                        if (random.nextDouble() < how.reverberant()) {
                            add(arrivals, m, direct + detour_s[m] + wrong, how, random);
                        }
                    }
                }
            }
        }
        Air air = how.isAirKnown()
                ? Air.UNKNOWN
                        .withTemperature(temperature + random.nextGaussian())
                        .withWind(
                                Math.max(0, wind + 0.7 * random.nextGaussian()),
                                Math.toDegrees(towards) + 180 + 8 * random.nextGaussian())
                : Air.UNKNOWN;
        return new SimulatedCity(microphones, arrivals, air, sources, times);
    }

    private static void add(
            List<Arrival> arrivals, int microphone, double time_s, Circumstances how, SplittableRandom random) {
        arrivals.add(new Arrival(
                microphone,
                time_s + how.jitter_s() * random.nextGaussian(),
                Circumstances.STATED_JITTER_S,
                Double.NaN,
                Arrival.Wave.UNKNOWN));
    }

    private static List<Offset> sources(Circumstances how, SplittableRandom random) {
        List<Offset> sources = new ArrayList<>();
        double middle = PITCH_M * ACROSS / 2;
        // Beyond the southern edge of the city, whose first row of microphones stands around zero.
        Offset first = how.outside()
                ? new Offset(middle + PITCH_M * random.nextDouble(), -PITCH_M * WANDER - BEYOND_M * random.nextDouble())
                : new Offset(middle + PITCH_M * random.nextDouble(), middle + PITCH_M * random.nextDouble());
        sources.add(first);
        while (sources.size() < how.shooters()) {
            Offset other = new Offset(
                    middle + PITCH_M * random.nextDouble(), first.north_m() + PITCH_M * (random.nextDouble() - 0.5));
            if (other.minus(first).length_m() > 50) {
                sources.add(other);
            }
        }
        return sources;
    }

    private static Offset middle(List<Offset> places) {
        double e = places.stream().mapToDouble(Offset::east_m).average().orElseThrow();
        double n = places.stream().mapToDouble(Offset::north_m).average().orElseThrow();
        return new Offset(e, n);
    }

    private static List<Microphone> microphones(Circumstances how, Offset source, SplittableRandom random) {
        List<Offset> places = new ArrayList<>();
        for (int i = 0; i < ACROSS; i++) {
            for (int j = 0; j < ACROSS; j++) {
                places.add(new Offset(
                        PITCH_M * (i + WANDER * (2 * random.nextDouble() - 1)),
                        PITCH_M * (j + WANDER * (2 * random.nextDouble() - 1))));
            }
        }
        places.sort(Comparator.comparingDouble(place -> place.minus(source).length_m()));
        List<Microphone> microphones = new ArrayList<>();
        for (int i = 0; i < how.microphones(); i++) {
            microphones.add(Microphone.at("mic-" + (i + 1), places.get(i)));
        }
        return microphones;
    }

    /** By how much later than the direct sound an echo comes. */
    private static double detour_s(
            Circumstances how, Offset source, Offset microphone, double speed, SplittableRandom random) {
        return switch (how.echoes()) {
            case EXPONENTIAL -> -MEAN_ECHO_S * Math.log(1 - random.nextDouble());
            case FACADES -> {
                // A wall some metres behind or beside the source or the microphone, both on the same side of it: the
                // image of
                // the source in it is as far from the microphone as the echo travels.
                Offset near = random.nextBoolean() ? source : microphone;
                Offset far = near.equals(source) ? microphone : source;
                while (true) {
                    double normal = 2 * Math.PI * random.nextDouble();
                    double e = Math.sin(normal);
                    double n = Math.cos(normal);
                    double off = NEAREST_FACADE_M + (FARTHEST_FACADE_M - NEAREST_FACADE_M) * random.nextDouble();
                    // The wall holds all x with (x - near) . normal = -off.
                    double farOff = (far.east_m() - near.east_m()) * e + (far.north_m() - near.north_m()) * n + off;
                    if (farOff > 0) {
                        Offset image = new Offset(near.east_m() - 2 * off * e, near.north_m() - 2 * off * n);
                        double detour =
                                image.minus(far).length_m() - near.minus(far).length_m();
                        yield detour / speed;
                    }
                }
            }
        };
    }
}
