// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics.location;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

import org.polias.detect.acoustics.location.LocatedSound.Candidate;
import org.polias.detect.acoustics.location.LocatedSound.Explained;
import org.polias.detect.acoustics.location.LocatedSound.Kind;
import org.polias.detect.acoustics.location.LocatedSound.Role;
import org.polias.model.place.Covariance;
import org.polias.model.place.Offset;

/** What may be said of a source, no more than its samples hold. */
final class Summary {

    /** A place that is less probable is not among the candidates. */
    private static final double LEAST_PROBABILITY = 0.05;

    private static final int MOST_CANDIDATES = 4;
    /** Modes nearer than this are one place. */
    private static final double ONE_PLACE_M = 15;
    /** The best place is where most of the probability lies within this. */
    private static final double WINDOW_M = 12;
    /** A place that holds less of the probability is no point. */
    private static final double LEAST_POINT = 0.5;

    private static final int CURVE_POINTS = 33;

    private final Solver.Solution solution;
    private final List<TimedArrival> arrivals;
    private final ShockWave shock;
    private final List<Integer> heardAt;
    private final List<Place> places;

    /** Modes of one place. */
    private record Place(Set<Integer> modes, double probability, Offset centre) {
        IntPredicate origins() {
            return modes::contains;
        }
    }

    /** One sound and what was heard of it. */
    record Heard(double shift_s, List<TimedArrival> arrivals) {}

    /** @param arrivals those of {@code solution} */
    Summary(Solver.Solution solution, List<TimedArrival> arrivals, ShockWave shock) {
        this.solution = solution;
        this.arrivals = arrivals;
        this.shock = shock;
        this.heardAt = solution.posterior().placesHeardAt();
        this.places = places();
    }

    LocatedSound of(List<Heard> heard, List<TimedArrival> shocks, double logEvidence, LocatorSettings settings) {
        Cloud cloud = solution.cloud();
        Kind kind = kind();
        // Of three arrivals, that all are direct is taken for granted, and said.
        IntPredicate counted = isWithoutCheck() && !places.isEmpty()
                ? origin -> places.stream().anyMatch(place -> place.modes.contains(origin))
                : origin -> true;
        boolean broad = kind == Kind.BAND || kind == Kind.AREA;
        Offset centre = broad ? cloud.mean(counted) : places.getFirst().centre;
        double[] u = broad ? solution.posterior().middle(centre) : bestMode();
        Covariance covariance = cloud.ellipse95(centre, counted);
        List<Double> times = heard.stream()
                .map(one -> u[Posterior.T] / Posterior.PACE + one.shift_s)
                .toList();
        List<Candidate> candidates = new ArrayList<>();
        if (!broad) {
            for (Place place : places) {
                candidates.add(
                        new Candidate(place.centre, cloud.ellipse95(place.centre, place.origins()), place.probability));
            }
        }
        Optional<Trajectory> trajectory = broad
                ? Optional.empty()
                : shock.findTrajectory(
                        u,
                        Math.sqrt(Math.max(
                                candidates.getFirst().covariance().ee_m2(),
                                candidates.getFirst().covariance().nn_m2())));
        return new LocatedSound(
                kind,
                centre,
                covariance,
                times,
                cloud.timeSigma_s(counted),
                candidates,
                explained(heard, shocks, u, broad, settings),
                kind == Kind.BAND ? curve() : List.of(),
                trajectory,
                logEvidence,
                notes(kind, covariance));
    }

    private boolean isWithoutCheck() {
        return heardAt.size() == 3;
    }

    private Kind kind() {
        if (heardAt.size() == 1) {
            return Kind.AREA;
        }
        if (heardAt.size() == 2) {
            return new Proposal.AlongHyperbola(solution.posterior(), heardAt.get(0), heardAt.get(1), Solver.AIR_BLUR_S)
                            .isPossible()
                    ? Kind.BAND
                    : Kind.AREA;
        }
        if (places.isEmpty()
                || !isWithoutCheck()
                        && places.stream().mapToDouble(Place::probability).sum() < LEAST_POINT) {
            return Kind.AREA;
        }
        if (places.size() > 1) {
            return Kind.CANDIDATES;
        }
        return isWithoutCheck() ? Kind.UNCHECKED : Kind.POINT;
    }

    private List<Place> places() {
        List<Mode> modes = solution.modes();
        List<Set<Integer>> groups = new ArrayList<>();
        for (int i = 0; i < modes.size(); i++) {
            int mode = i;
            Set<Integer> own = new TreeSet<>(Set.of(i));
            groups.removeIf(group -> {
                boolean near = group.stream().anyMatch(other -> isOnePlace(modes.get(mode), modes.get(other)));
                if (near) {
                    own.addAll(group);
                }
                return near;
            });
            groups.add(own);
        }
        List<Place> found = new ArrayList<>();
        for (Set<Integer> group : groups) {
            double probability = solution.cloud().weightOf(group::contains);
            if (probability > 0) {
                Offset mean = solution.cloud().mean(group::contains);
                found.add(new Place(group, probability, solution.cloud().densest(mean, WINDOW_M)));
            }
        }
        found.sort(Comparator.comparingDouble(place -> -place.probability));
        List<Place> probable = found.stream()
                .filter(place -> place.probability >= LEAST_PROBABILITY)
                .limit(MOST_CANDIDATES)
                .toList();
        return probable.isEmpty() && !found.isEmpty() ? found.subList(0, 1) : probable;
    }

    private static boolean isOnePlace(Mode a, Mode b) {
        double spread = a.sigma_m() + b.sigma_m();
        return a.distance_m(b) < Math.max(ONE_PLACE_M, 2 * spread);
    }

    private double[] bestMode() {
        Mode best = solution.modes().get(places.getFirst().modes.iterator().next());
        for (int i : places.getFirst().modes) {
            if (solution.modes().get(i).logDensity() > best.logDensity()) {
                best = solution.modes().get(i);
            }
        }
        return best.u();
    }

    private static List<Explained> explained(
            List<Heard> heard, List<TimedArrival> shocks, double[] u, boolean broad, LocatorSettings settings) {
        ArrivalModel model = settings.arrivals();
        List<Explained> explained = new ArrayList<>();
        for (int k = 0; k < heard.size(); k++) {
            for (TimedArrival one : heard.get(k).arrivals) {
                double delay = Posterior.delay_s(one.x_m() - u[Posterior.X], one.y_m() - u[Posterior.Y], u);
                double residual = one.time_s() - heard.get(k).shift_s - u[Posterior.T] / Posterior.PACE - delay;
                double sigma = one.sigma_s() * StrictMath.exp(u[Posterior.SCALE]);
                double direct = model.directShare(residual, sigma);
                double echo = model.echoProbability(residual, sigma);
                Role role = broad || direct >= 0.5 ? Role.DIRECT : echo >= 0.5 ? Role.ECHO : Role.UNEXPLAINED;
                double probability =
                        switch (role) {
                            case DIRECT -> broad ? 1 - settings.echoShare() - settings.falseShare() : direct;
                            case ECHO -> echo;
                            case SHOCK, UNEXPLAINED -> 1 - direct - echo;
                        };
                explained.add(new Explained(one.index(), k, role, broad ? 0 : residual, probability));
            }
        }
        for (TimedArrival one : shocks) {
            explained.add(new Explained(one.index(), 0, Role.SHOCK, 0, 1));
        }
        explained.sort(Comparator.comparingInt(Explained::arrival));
        return explained;
    }

    /** Points along the branch of the hyperbola on which the nominal speed of sound puts the source. */
    private List<Offset> curve() {
        Posterior p = solution.posterior();
        int i = heardAt.get(0);
        int j = heardAt.get(1);
        double dx = p.sensorX[j] - p.sensorX[i];
        double dy = p.sensorY[j] - p.sensorY[i];
        double a = Math.sqrt(dx * dx + dy * dy) / 2;
        double cos = Math.clamp(p.priorMean[Posterior.C] * (p.time[i] - p.time[j]) / (2 * a), -1, 1);
        double sin = Math.sqrt(1 - cos * cos);
        double reach = 2 / Math.sqrt(p.priorPrecision[Posterior.X]);
        List<Offset> curve = new ArrayList<>();
        for (int k = 0; k < CURVE_POINTS; k++) {
            double v = reach * (2.0 * k / (CURVE_POINTS - 1) - 1);
            double along = Math.sqrt(a * a + v * v) * cos;
            double across = v * sin;
            curve.add(new Offset(
                    (p.sensorX[i] + p.sensorX[j]) / 2 + (along * dx - across * dy) / (2 * a),
                    (p.sensorY[i] + p.sensorY[j]) / 2 + (along * dy + across * dx) / (2 * a)));
        }
        return curve;
    }

    private List<String> notes(Kind kind, Covariance covariance) {
        List<String> notes = new ArrayList<>();
        switch (kind) {
            case POINT -> {
                double major = covariance.ellipse95().major_m();
                if (major > 5 * covariance.ellipse95().minor_m() && major > 50) {
                    notes.add(
                            "The direction is far better known than the distance: the source lies outside the microphones"
                                    + " that heard it, or they stand nearly on a line.");
                }
            }
            case UNCHECKED ->
                notes.add(String.format(
                        Locale.ROOT,
                        "Three microphones fix a point and cannot check it. The ellipse holds if all three heard the direct"
                                + " sound; the probability of that is %.2f.",
                        places.getFirst().probability));
            case CANDIDATES ->
                notes.add("The arrivals fit several places; the ellipse holds them all%s."
                        .formatted(isWithoutCheck() ? ", if all three are direct" : ""));
            case BAND ->
                notes.add(
                        "Two microphones give a hyperbola, not a point: the ellipse is the area where the source may be.");
            case AREA ->
                notes.add(
                        heardAt.size() == 1
                                ? "One microphone tells no direction: the ellipse is the area where the source may be."
                                : "No place explains these arrivals together: the ellipse is the area where the source may be.");
        }
        return notes;
    }
}
