// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics.location;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * From arrivals at several microphones to sources of sound.
 *
 * <p>Arrivals are taken in the order of their times. Those that can have come from one source as the earliest one left did are looked
 * at together:
 *
 * <ol>
 *   <li>Is it another sound from a place already found? Then the microphones hear it with the delays with which they heard the first.
 *   <li>Is it a sound from a new place? Four microphones or more must agree, and more than chance would let them.
 *   <li>A new place behind a wall, of a sound made at the same moment as one found, is that one's reflection.
 * </ol>
 *
 * What is left is an echo of a source that it follows; a source about which fewer microphones agree, if there is no other that it
 * could belong to; or unexplained.
 */
public final class Locator {

    /** Agreement of fewer microphones can be made by chance. */
    private static final int LEAST_AGREEING = 4;
    /** ln of by how much one source must explain arrivals better than chance does. */
    private static final double LEAST_EVIDENCE = 2;
    /** ln of by how much a repetition must explain arrivals better than chance and echoes do. */
    private static final double LEAST_REPETITION = 5;
    /** A place on which this part of the microphones agrees is not looked for further. */
    private static final double MOST_AGREE = 0.8;
    /** How often a microphone reports what has nothing to do with anything, while something happens. */
    private static final double CHANCE_PER_S = 0.1;
    /** How often an echo is reported after the direct sound. */
    private static final double MORE_ECHOES = 0.3;

    private static final int PASSES = 2;
    /** This long after the direct sound its echoes come. */
    private static final double ECHOES_S = 1.5;
    /** Sounds from one place further apart are looked for anew. */
    private static final double SAME_PLACE_S = 60;
    /** Two shooters do not fire at the same moment to within this: it is a reflection. */
    private static final double SAME_MOMENT_S = 0.03;
    /** Repeated sounds agree to this many standard deviations. */
    private static final double DEVIATIONS = 3;
    /** The slowest that sound travels over a city, against a storm in the frost. */
    private static final double SLOWEST_M_PER_S = 300;
    /** A bullet's shock wave precedes the bang by less than this. */
    private static final double SHOCK_LEAD_S = 2;

    private final List<Microphone> microphones;
    private final Air air;
    private final LocatorSettings settings;
    /** How far apart the arrivals of one source can be. */
    private final double span_s;

    private final List<TimedArrival> arrivals = new ArrayList<>();
    private final List<TimedArrival> shocks = new ArrayList<>();
    private final Map<Integer, Event> owner = new HashMap<>();
    private final List<Event> events = new ArrayList<>();

    private Locator(List<Microphone> microphones, List<Arrival> given, Air air, LocatorSettings settings) {
        this.microphones = microphones;
        this.air = air;
        this.settings = settings;
        for (int i = 0; i < given.size(); i++) {
            Arrival arrival = given.get(i);
            Microphone microphone = microphones.get(arrival.microphone());
            TimedArrival timed = new TimedArrival(
                    i,
                    arrival.microphone(),
                    microphone.place().east_m(),
                    microphone.place().north_m(),
                    arrival.time_s() - microphone.clockOffset_s(),
                    arrival.sigma_s(),
                    microphone.clockSigma_s(),
                    arrival.level_dB());
            (arrival.wave() == Arrival.Wave.SHOCK ? shocks : arrivals).add(timed);
        }
        Comparator<TimedArrival> byTime =
                Comparator.comparingDouble(TimedArrival::time_s).thenComparing(TimedArrival::index);
        arrivals.sort(byTime);
        shocks.sort(byTime);
        span_s = farthest_m() / SLOWEST_M_PER_S + 0.05;
    }

    /**
     * The sources of {@code arrivals}.
     *
     * @throws IndexOutOfBoundsException if an arrival is at a microphone that is not among {@code microphones}
     */
    public static Located locate(
            List<Microphone> microphones, List<Arrival> arrivals, Air air, LocatorSettings settings) {
        Locator locator = new Locator(microphones, arrivals, air, settings);
        locator.findSources();
        locator.shareOut();
        locator.explainRest();
        return locator.result(arrivals);
    }

    /** A source while it is found: arrivals of the same sound from the same place. */
    private final class Event {

        /** The arrivals of its first sound, one a microphone in their order, from which it was located. */
        List<TimedArrival> chosen;

        Solver.Solution solution;
        double[] u;
        final List<Sound> sounds = new ArrayList<>();

        Event(List<TimedArrival> chosen, Solver.Solution solution) {
            this.chosen = chosen;
            this.solution = solution;
            this.u = solution.place();
        }

        /** Whether it was taken for direct. */
        boolean isHeard(TimedArrival arrival) {
            return sounds.stream().anyMatch(sound -> arrival.equals(sound.heard.get(arrival.microphone())));
        }

        double time_s() {
            return u[Posterior.T] / Posterior.PACE;
        }

        double due_s(TimedArrival arrival, Sound sound) {
            return time_s()
                    + sound.shift_s
                    + Posterior.delay_s(arrival.x_m() - u[Posterior.X], arrival.y_m() - u[Posterior.Y], u);
        }
    }

    /** One sound of a source: how much later than the first it was, and what was heard of it. */
    private static final class Sound {

        final double shift_s;
        final Map<Integer, TimedArrival> heard = new TreeMap<>();
        final List<TimedArrival> echoes = new ArrayList<>();

        Sound(double shift_s) {
            this.shift_s = shift_s;
        }
    }

    // --- Finding ---

    private void findSources() {
        for (int i = 0; i < arrivals.size(); i++) {
            while (isFree(arrivals.get(i))) {
                List<TimedArrival> window = freeWithin(i);
                if (!findRepetition(window) && !findNewPlace(window)) {
                    break;
                }
            }
        }
    }

    private boolean isFree(TimedArrival arrival) {
        return !owner.containsKey(arrival.index());
    }

    private List<TimedArrival> freeWithin(int first) {
        List<TimedArrival> window = new ArrayList<>();
        double last = arrivals.get(first).time_s() + span_s;
        for (int i = first; i < arrivals.size() && arrivals.get(i).time_s() <= last; i++) {
            if (isFree(arrivals.get(i))) {
                window.add(arrivals.get(i));
            }
        }
        return window;
    }

    /** Takes another sound of a known source out of the window, if there is one. */
    private boolean findRepetition(List<TimedArrival> window) {
        Event best = null;
        Repetition found = null;
        for (Event event : events) {
            double last = event.sounds.getLast().shift_s + event.time_s();
            if (window.getFirst().time_s() - last < SAME_PLACE_S) {
                Map<Integer, TimedArrival> pattern = event.sounds.getFirst().heard;
                for (TimedArrival anchor : window) {
                    TimedArrival like = pattern.get(anchor.microphone());
                    if (like != null) {
                        Repetition one = repetition(window, pattern, anchor.time_s() - like.time_s());
                        if (one.logEvidence > (found == null ? LEAST_REPETITION : found.logEvidence)) {
                            best = event;
                            found = one;
                        }
                    }
                }
            }
        }
        if (best == null || found == null) {
            return false;
        }
        Sound sound = new Sound(found.shift_s);
        for (TimedArrival one : found.match) {
            sound.heard.put(one.microphone(), one);
            owner.put(one.index(), best);
        }
        best.sounds.add(sound);
        return true;
    }

    /** Arrivals that have the delays of a known source. */
    private record Repetition(List<TimedArrival> match, double shift_s, double logEvidence) {}

    private Repetition repetition(List<TimedArrival> window, Map<Integer, TimedArrival> pattern, double shift_s) {
        double shift = shift_s;
        // One onset says when it begins; then all do.
        List<TimedArrival> match = matching(window, pattern, shift, 2 * DEVIATIONS);
        shift = shift(match, pattern);
        match = matching(window, pattern, shift, DEVIATIONS);
        if (match.size() < 2 || 2 * match.size() < pattern.size()) {
            return new Repetition(match, shift, Double.NEGATIVE_INFINITY);
        }
        shift = shift(match, pattern);
        double log = (pattern.size() - match.size()) * StrictMath.log(settings.echoShare());
        for (TimedArrival one : match) {
            double sigma = repeatedSigma_s(one);
            double z = (one.time_s() - pattern.get(one.microphone()).time_s() - shift) / sigma;
            double rate = CHANCE_PER_S + echoRate(one);
            log += StrictMath.log((1 - settings.echoShare()) / (sigma * ArrivalModel.SQRT_TWO_PI * rate)) - z * z / 2;
        }
        return new Repetition(match, shift, log);
    }

    /** An onset is compared with an earlier one by the same clock. */
    private static double repeatedSigma_s(TimedArrival one) {
        return Math.sqrt(2) * one.onsetSigma_s();
    }

    /** Of each microphone the arrival that comes nearest to the pattern, if it comes near. */
    private static List<TimedArrival> matching(
            List<TimedArrival> window, Map<Integer, TimedArrival> pattern, double shift_s, double deviations) {
        Map<Integer, TimedArrival> match = new TreeMap<>();
        for (TimedArrival one : window) {
            TimedArrival like = pattern.get(one.microphone());
            if (like != null) {
                double off = Math.abs(one.time_s() - like.time_s() - shift_s);
                TimedArrival known = match.get(one.microphone());
                if (off < deviations * repeatedSigma_s(one)
                        && (known == null || off < Math.abs(known.time_s() - like.time_s() - shift_s))) {
                    match.put(one.microphone(), one);
                }
            }
        }
        return List.copyOf(match.values());
    }

    /** By how much later than the pattern {@code match} came: the middle one, which an echo does not move. */
    private static double shift(List<TimedArrival> match, Map<Integer, TimedArrival> pattern) {
        double[] shifts = match.stream()
                .mapToDouble(one -> one.time_s() - pattern.get(one.microphone()).time_s())
                .sorted()
                .toArray();
        int n = shifts.length;
        return (shifts[(n - 1) / 2] + shifts[n / 2]) / 2;
    }

    /** Takes a sound from a new place out of the window, if enough microphones agree on one. */
    private boolean findNewPlace(List<TimedArrival> window) {
        int heard = microphonesOf(window);
        if (heard < LEAST_AGREEING) {
            return false;
        }
        // What came first at each microphone is often of the sound that was made first.
        Optional<Agreement> found = agreement(firstPerMicrophone(window), window);
        if (window.size() > heard && found.map(Agreement::share).orElse(0.0) < MOST_AGREE) {
            Optional<Agreement> other = agreement(window, window);
            if (found.isEmpty()) {
                found = other;
            } else if (other.isPresent()
                    && other.get().logEvidence - logChoices(other.get().direct, window) > found.get().logEvidence) {
                found = other;
            }
        }
        if (found.isEmpty()) {
            return false;
        }
        Agreement agreement = found.get();
        Event mirrored = findMirrored(agreement.solution.place(), agreement.direct);
        if (mirrored != null) {
            for (TimedArrival one : agreement.direct) {
                owner.put(one.index(), mirrored);
                mirrored.sounds.getFirst().echoes.add(one);
            }
        } else {
            add(new Event(agreement.chosen, agreement.solution), agreement.direct);
        }
        return true;
    }

    /** Arrivals, one a microphone, of which enough came straight from one place. */
    private record Agreement(
            List<TimedArrival> chosen, List<TimedArrival> direct, Solver.Solution solution, double logEvidence) {
        double share() {
            return (double) direct.size() / chosen.size();
        }
    }

    /** What the arrivals in the window agree on, looking for the place among {@code some} of them. */
    private Optional<Agreement> agreement(List<TimedArrival> some, List<TimedArrival> window) {
        List<TimedArrival> chosen = some;
        if (microphonesOf(window) < window.size()) {
            List<Mode> modes = Solver.modes(posterior(some));
            if (modes.isEmpty()) {
                return Optional.empty();
            }
            chosen = onePerMicrophone(window, modes.getFirst().u());
        }
        Posterior posterior = posterior(chosen);
        Solver.Solution solution = Solver.solve(posterior, u -> 0);
        double[] u = solution.place();
        List<TimedArrival> direct = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            if (posterior.directShare(i, u) >= 0.5) {
                direct.add(chosen.get(i));
            }
        }
        double logEvidence = logEvidence(solution, chosen);
        return direct.size() >= LEAST_AGREEING && logEvidence >= LEAST_EVIDENCE
                ? Optional.of(new Agreement(chosen, direct, solution, logEvidence))
                : Optional.empty();
    }

    private void add(Event event, List<TimedArrival> heard) {
        Sound first = new Sound(0);
        for (TimedArrival one : heard) {
            first.heard.put(one.microphone(), one);
            owner.put(one.index(), event);
        }
        event.sounds.add(first);
        events.add(event);
    }

    /** The event whose reflection a sound at u is: made at the same moment, and later at every microphone. */
    private @Nullable Event findMirrored(double[] u, List<TimedArrival> direct) {
        for (Event event : events) {
            for (Sound sound : event.sounds) {
                boolean sameMoment =
                        Math.abs(u[Posterior.T] / Posterior.PACE - event.time_s() - sound.shift_s) < SAME_MOMENT_S;
                if (sameMoment && direct.stream().allMatch(one -> one.time_s() > event.due_s(one, sound))) {
                    return event;
                }
            }
        }
        return null;
    }

    private static List<TimedArrival> firstPerMicrophone(List<TimedArrival> window) {
        Map<Integer, TimedArrival> first = new TreeMap<>();
        window.forEach(one -> first.putIfAbsent(one.microphone(), one));
        return List.copyOf(first.values());
    }

    /** Of each microphone's arrivals the most probably direct one; if none is, the first that may be an echo; else the first. */
    private List<TimedArrival> onePerMicrophone(List<TimedArrival> window, double[] u) {
        Posterior posterior = posterior(window);
        Map<Integer, Integer> best = new TreeMap<>();
        for (int i = 0; i < window.size(); i++) {
            int candidate = i;
            best.merge(
                    window.get(i).microphone(),
                    candidate,
                    (known, _) -> isBetter(posterior, u, candidate, known) ? candidate : known);
        }
        return best.values().stream().map(window::get).toList();
    }

    private static boolean isBetter(Posterior posterior, double[] u, int candidate, int known) {
        double share = posterior.directShare(candidate, u);
        double knownShare = posterior.directShare(known, u);
        if (Math.max(share, knownShare) >= 0.5) {
            return share > knownShare;
        }
        return posterior.residual_s(known, u) < 0 && posterior.residual_s(candidate, u) > 0;
    }

    /** ln P(arrivals | one source) / P(arrivals | each came by chance, or is an echo of a source that is known). */
    private double logEvidence(Solver.Solution solution, List<TimedArrival> chosen) {
        double log = solution.cloud().logMass() + solution.posterior().logPriorPeak(span_s);
        for (TimedArrival one : chosen) {
            double rate = CHANCE_PER_S + echoRate(one);
            log -= StrictMath.log(one.sigma_s() * ArrivalModel.SQRT_TWO_PI * rate);
        }
        return log;
    }

    /** ln of in how many ways {@code direct} could have been chosen among the window's arrivals: some will always agree. */
    private static double logChoices(List<TimedArrival> direct, List<TimedArrival> window) {
        Map<Integer, Integer> often = new HashMap<>();
        window.forEach(one -> often.merge(one.microphone(), 1, Integer::sum));
        double log = 0;
        for (TimedArrival one : direct) {
            log += StrictMath.log(often.get(one.microphone()));
        }
        return log;
    }

    /** How often echoes of known sources arrive at this time, in 1/s. */
    private double echoRate(TimedArrival one) {
        double rate = 0;
        for (Event event : events) {
            for (Sound sound : event.sounds) {
                double late = one.time_s() - event.due_s(one, sound);
                if (late > 0) {
                    double after = late + settings.echoScale_s();
                    rate += (sound.heard.containsKey(one.microphone()) ? MORE_ECHOES : 1)
                            * settings.echoScale_s()
                            / (after * after);
                }
            }
        }
        return rate;
    }

    /** Gives each arrival to the sound that it fits best, of all that were found, and locates them anew. */
    private void shareOut() {
        if (events.size() < 2) {
            return;
        }
        for (int pass = 0; pass < PASSES; pass++) {
            List<Fit> fits = fits();
            events.forEach(event -> event.sounds.forEach(sound -> {
                sound.heard.values().forEach(one -> owner.remove(one.index()));
                sound.heard.clear();
            }));
            for (Fit fit : fits) {
                if (isFree(fit.arrival) && !fit.sound.heard.containsKey(fit.arrival.microphone())) {
                    fit.sound.heard.put(fit.arrival.microphone(), fit.arrival);
                    owner.put(fit.arrival.index(), fit.event);
                }
            }
            for (Event event : events) {
                List<TimedArrival> heard = averaged(event);
                if (heard.size() >= LEAST_AGREEING && !heard.equals(event.chosen)) {
                    event.chosen = heard;
                    event.solution = Solver.solve(posterior(heard), u -> 0);
                    event.u = event.solution.place();
                }
            }
        }
    }

    /** An arrival as a sound's. */
    private record Fit(TimedArrival arrival, Event event, Sound sound, double deviations) {}

    /** Each arrival as each sound's that it can be of, the best first. */
    private List<Fit> fits() {
        List<Fit> fits = new ArrayList<>();
        for (TimedArrival one : arrivals) {
            if (isFree(one) || owner.get(one.index()).isHeard(one)) {
                for (Event event : events) {
                    for (Sound sound : event.sounds) {
                        double deviations = Math.abs(one.time_s() - event.due_s(one, sound)) / one.sigma_s();
                        if (deviations < DEVIATIONS) {
                            fits.add(new Fit(one, event, sound, deviations));
                        }
                    }
                }
            }
        }
        fits.sort(Comparator.comparingDouble(Fit::deviations).thenComparing(fit -> fit.arrival.index()));
        return fits;
    }

    // --- The rest ---

    private void explainRest() {
        for (int i = 0; i < arrivals.size(); i++) {
            TimedArrival one = arrivals.get(i);
            if (isFree(one) && !takeAsEcho(one) && !isNearAnEvent(one)) {
                addFromFew(freeWithin(i));
            }
        }
    }

    private boolean takeAsEcho(TimedArrival one) {
        Event best = null;
        Sound bestSound = null;
        double least = ECHOES_S;
        for (Event event : events) {
            for (Sound sound : event.sounds) {
                double late = one.time_s() - event.due_s(one, sound);
                if (late > -DEVIATIONS * one.sigma_s() && late < least) {
                    least = late;
                    best = event;
                    bestSound = sound;
                }
            }
        }
        if (best == null || bestSound == null) {
            return false;
        }
        owner.put(one.index(), best);
        if (!bestSound.heard.containsKey(one.microphone())) {
            bestSound.heard.put(one.microphone(), one);
        } else {
            bestSound.echoes.add(one);
        }
        return true;
    }

    private boolean isNearAnEvent(TimedArrival one) {
        for (Event event : events) {
            for (Sound sound : event.sounds) {
                for (TimedArrival other : sound.heard.values()) {
                    if (Math.abs(other.time_s() - one.time_s()) < span_s) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private void addFromFew(List<TimedArrival> window) {
        List<TimedArrival> chosen = firstPerMicrophone(window);
        add(new Event(chosen, Solver.solve(posterior(chosen), u -> 0)), chosen);
    }

    // --- What comes out ---

    private Located result(List<Arrival> given) {
        List<LocatedSound> sounds = new ArrayList<>();
        TreeSet<Integer> unexplained = new TreeSet<>();
        for (int i = 0; i < given.size(); i++) {
            unexplained.add(i);
        }
        for (Event event : events) {
            LocatedSound sound = summary(event);
            sound.arrivals().forEach(each -> unexplained.remove(each.arrival()));
            sounds.add(sound);
        }
        sounds.sort(Comparator.comparingDouble(sound -> sound.times_s().getFirst()));
        return new Located(sounds, List.copyOf(unexplained));
    }

    private LocatedSound summary(Event event) {
        List<TimedArrival> averaged = averaged(event);
        List<TimedArrival> shocksOf = shocksOf(event);
        ShockWave shock = new ShockWave(shocksOf);
        Solver.Solution solution = averaged.equals(event.chosen) && !shock.isHeard()
                ? event.solution
                : Solver.solve(posterior(averaged), shock::log);
        Summary summary = new Summary(solution, averaged, shock);
        List<Summary.Heard> heard = new ArrayList<>();
        event.sounds.sort(Comparator.comparingDouble(sound -> sound.shift_s));
        for (Sound sound : event.sounds) {
            List<TimedArrival> all = new ArrayList<>(sound.heard.values());
            all.addAll(sound.echoes);
            all.sort(Comparator.comparingInt(TimedArrival::index));
            heard.add(new Summary.Heard(sound.shift_s, all));
        }
        return summary.of(heard, shocksOf, logEvidence(solution, averaged), settings);
    }

    /** One arrival a microphone: the mean over all sounds of the source, by the time of the first. */
    private static List<TimedArrival> averaged(Event event) {
        Map<Integer, List<Double>> times = new TreeMap<>();
        Map<Integer, TimedArrival> first = new TreeMap<>();
        for (Sound sound : event.sounds) {
            sound.heard.forEach((microphone, one) -> {
                first.putIfAbsent(microphone, one);
                times.computeIfAbsent(microphone, m -> new ArrayList<>()).add(one.time_s() - sound.shift_s);
            });
        }
        List<TimedArrival> averaged = new ArrayList<>();
        times.forEach((microphone, each) -> {
            // The median: one echo among the repetitions does not move it.
            List<Double> sorted = each.stream().sorted().toList();
            int n = sorted.size();
            double middle = (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
            averaged.add(first.get(microphone).averaged(middle, n));
        });
        return averaged;
    }

    private List<TimedArrival> shocksOf(Event event) {
        List<TimedArrival> of = new ArrayList<>();
        double first = event.sounds.getFirst().heard.values().stream()
                .mapToDouble(TimedArrival::time_s)
                .min()
                .orElse(event.time_s());
        for (TimedArrival shock : shocks) {
            if (shock.time_s() > first - SHOCK_LEAD_S && shock.time_s() < first + span_s) {
                of.add(shock);
            }
        }
        return of;
    }

    private Posterior posterior(List<TimedArrival> some) {
        double e = 0;
        double n = 0;
        for (TimedArrival one : some) {
            e += one.x_m() / some.size();
            n += one.y_m() / some.size();
        }
        double radius = 0;
        for (TimedArrival one : some) {
            radius = Math.max(radius, Math.hypot(one.x_m() - e, one.y_m() - n));
        }
        double[] mean = new double[Posterior.UNKNOWNS];
        double[] sigma = new double[Posterior.UNKNOWNS];
        mean[Posterior.X] = e;
        mean[Posterior.Y] = n;
        mean[Posterior.C] = air.soundSpeed_m_per_s();
        mean[Posterior.EAST_WIND] = air.eastWind_m_per_s();
        mean[Posterior.NORTH_WIND] = air.northWind_m_per_s();
        sigma[Posterior.X] = radius + settings.reach_m();
        sigma[Posterior.Y] = radius + settings.reach_m();
        sigma[Posterior.T] = Double.POSITIVE_INFINITY;
        sigma[Posterior.C] = air.soundSpeedSigma_m_per_s();
        sigma[Posterior.EAST_WIND] = air.windSigma_m_per_s();
        sigma[Posterior.NORTH_WIND] = air.windSigma_m_per_s();
        sigma[Posterior.SCALE] = settings.scaleSigma();
        return new Posterior(some, mean, sigma, settings);
    }

    private static int microphonesOf(List<TimedArrival> some) {
        return (int) some.stream().mapToInt(TimedArrival::microphone).distinct().count();
    }

    private double farthest_m() {
        double farthest = 0;
        for (Microphone a : microphones) {
            for (Microphone b : microphones) {
                farthest = Math.max(farthest, a.place().minus(b.place()).length_m());
            }
        }
        return farthest;
    }
}
