// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.location;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

import org.polias.detect.acoustics.location.Located;
import org.polias.detect.acoustics.location.LocatedSound;
import org.polias.detect.acoustics.location.Locator;
import org.polias.detect.acoustics.location.LocatorSettings;
import org.polias.model.place.Offset;

/** Locates many simulated sounds under many circumstances, and counts. */
public final class LocationStudy {

    /** Beyond this a located sound is not the one that was made. */
    private static final double RECOGNISED_M = 50;

    private static final int WARM_UP_CASES = 400;

    private LocationStudy() {}

    /** All circumstances, the usual ones first. */
    static List<Circumstances> circumstances() {
        List<Circumstances> all = new ArrayList<>();
        for (double echoShare : new double[] {0.15, 0.30}) {
            for (int microphones : new int[] {4, 5, 6, 8, 10}) {
                all.add(Circumstances.usual(microphones, echoShare));
            }
        }
        all.add(Circumstances.usual(6, 0.15).withExponentialEchoes());
        all.add(Circumstances.usual(8, 0.15).withExponentialEchoes());
        all.add(Circumstances.usual(30, 0.15));
        all.add(Circumstances.usual(8, 0.15).withKnownAir());
        all.add(Circumstances.usual(6, 0.15).fromOutside());
        all.add(Circumstances.usual(8, 0.15).fromOutside());
        all.add(Circumstances.usual(8, 0.15).withJitter(0.005));
        all.add(Circumstances.usual(8, 0.15).withJitter(0.015));
        all.add(Circumstances.usual(8, 0.15).withJitter(0.02));
        all.add(Circumstances.usual(8, 0.15).withWrongClock(0.2));
        all.add(Circumstances.usual(8, 0.15).withWrongClock(-0.2));
        all.add(Circumstances.usual(8, 0.15).withReverberation(0.5));
        all.add(Circumstances.usual(8, 0.15).withShooters(2, 1));
        all.add(Circumstances.usual(8, 0.15).withShooters(1, 5));
        all.add(Circumstances.usual(8, 0.15).withShooters(2, 3));
        all.add(Circumstances.usual(3, 0.15).named("no check"));
        return all;
    }

    /**
     * Runs the study.
     *
     * @param cases how many happenings for each circumstance and seed
     * @param progress told after each circumstance
     */
    public static LocationResult run(int cases, List<Long> seeds, Consumer<String> progress) {
        warmUp();
        List<LocationResult.Row> rows = new ArrayList<>();
        List<Circumstances> all = circumstances();
        for (Circumstances how : all) {
            rows.add(row(how, cases, seeds));
            progress.accept("%d of %d: %d microphones, %.0f %% echoes, %s"
                    .formatted(rows.size(), all.size(), how.microphones(), 100 * how.echoShare(), how.name()));
        }
        return new LocationResult(cases, seeds, rows);
    }

    private static void warmUp() {
        SplittableRandom random = new SplittableRandom(0);
        for (int i = 0; i < WARM_UP_CASES; i++) {
            locate(SimulatedCity.make(Circumstances.usual(4 + i % 7, 0.15), random));
        }
    }

    private static Located locate(SimulatedCity city) {
        return Locator.locate(city.microphones(), city.arrivals(), city.air(), LocatorSettings.STANDARD);
    }

    static LocationResult.Row row(Circumstances how, int cases, List<Long> seeds) {
        List<Double> errors = new ArrayList<>();
        List<Double> semiMajor = new ArrayList<>();
        double[] took_ms = new double[cases * seeds.size()];
        int covered = 0;
        int points = 0;
        int exact = 0;
        int run = 0;
        for (long seed : seeds) {
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < cases; i++) {
                SimulatedCity city = SimulatedCity.make(how, random.split());
                long began = System.nanoTime();
                Located located = locate(city);
                took_ms[run++] = (System.nanoTime() - began) / 1e6;
                int shots = 0;
                for (Offset source : city.sources()) {
                    LocatedSound best = nearest(located, source);
                    double error = best.place().minus(source).length_m();
                    errors.add(error);
                    covered += best.covariance().mahalanobisSquared(source.minus(best.place())) < 5.991464547 ? 1 : 0;
                    points += best.kind() == LocatedSound.Kind.POINT ? 1 : 0;
                    semiMajor.add(best.covariance().ellipse95().major_m());
                    shots += error < RECOGNISED_M ? best.times_s().size() : 0;
                }
                if (located.sounds().size() == how.shooters() && shots == how.shooters() * how.shots()) {
                    exact++;
                }
            }
        }
        Arrays.sort(took_ms);
        semiMajor.sort(Double::compare);
        int sources = errors.size();
        return new LocationResult.Row(
                how.name(),
                how.microphones(),
                how.echoShare(),
                sources,
                share(errors, 5),
                share(errors, 10),
                share(errors, 15),
                share(errors, 25),
                (double) covered / sources,
                semiMajor.get(sources / 2),
                (double) points / sources,
                (double) exact / run,
                took_ms[run / 2],
                took_ms[run * 99 / 100],
                took_ms[run - 1]);
    }

    private static LocatedSound nearest(Located located, Offset source) {
        LocatedSound best = located.sounds().getFirst();
        for (LocatedSound one : located.sounds()) {
            if (one.place().minus(source).length_m()
                    < best.place().minus(source).length_m()) {
                best = one;
            }
        }
        return best;
    }

    private static double share(List<Double> errors, double within_m) {
        return (double) errors.stream().filter(error -> error < within_m).count() / errors.size();
    }
}
