// SPDX-License-Identifier: Apache-2.0
package org.polias.detect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.polias.detect.settings.DetectorKind;
import org.polias.detect.settings.Settings;
import org.polias.detect.settings.SiteIndex;
import org.polias.detect.settings.Wiring;
import org.polias.model.city.SiteDefinition;
import org.polias.model.detection.Detection;
import org.polias.model.event.Step;
import org.polias.model.id.DatastreamId;

/**
 * All detectors of one site with their states. It brings each signal to the detectors that listen to it, in the order of their
 * keys ({@code detector/subject}), and is otherwise as they are: what comes out depends on the definition and the signals alone.
 * For one thread at a time.
 *
 * <p><b>States.</b> They are immutable records, by key. A runtime that stores them calls {@link #takeChanges} after each signal
 * or batch and writes only what it returns; after a crash it makes the bank of the last definition and {@linkplain #restore
 * restores} what it stored. A key without a stored state begins anew.
 *
 * <p><b>Health.</b> Detections of type {@code SENSOR_SILENT}, {@code SENSOR_STUCK} and {@code SENSOR_IMPLAUSIBLE} have the
 * datastream's id as their subject and come as BEGIN and END, in turn and for each type on its own: the health of a datastream
 * is what has begun and not ended, the worst first (silent, implausible, stuck), and OK from the first reading on if there is
 * none.
 */
public final class DetectorBank {

    private static final long NEVER_MS = Long.MAX_VALUE;

    private final SiteDefinition definition;
    private final Predicate<DetectorKind> wanted;
    private final List<Slot<?>> slots;
    private final Map<DatastreamId, Slot<?>[]> listeners;
    private final List<Slot<?>> timed;
    private final Slot<ListeningDetector.State> listening;
    private final List<Slot<?>> changed = new ArrayList<>();
    /** When the first of {@link #timed} is due. */
    private long firstDue_ms = NEVER_MS;

    private DetectorBank(SiteDefinition definition, Predicate<DetectorKind> wanted) {
        this.definition = definition;
        this.wanted = wanted;
        this.listening = new Slot<>(new ListeningDetector(definition.site().id().value()));
        List<Slot<?>> all = new ArrayList<>();
        all.add(listening);
        Map<DatastreamId, List<Slot<?>>> byDatastream = new HashMap<>();
        List<DetectorKind> kinds =
                DetectorCatalog.listKinds().stream().filter(wanted).toList();
        for (Wiring wiring : Settings.wire(new SiteIndex(definition), kinds)) {
            Slot<?> slot = new Slot<>(wiring.detector());
            all.add(slot);
            for (DatastreamId datastream : wiring.listensTo()) {
                byDatastream
                        .computeIfAbsent(datastream, id -> new ArrayList<>())
                        .add(slot);
            }
        }
        Comparator<Slot<?>> byKey = Comparator.comparing(slot -> slot.key);
        all.sort(byKey);
        this.slots = List.copyOf(all);
        this.timed = slots.stream().filter(Slot::isTimed).toList();
        this.listeners = new HashMap<>();
        byDatastream.forEach((datastream, list) -> {
            list.sort(byKey);
            listeners.put(datastream, list.toArray(Slot<?>[]::new));
        });
    }

    /**
     * The bank of a site. Settings with a {@linkplain DetectorCatalog#listProblems problem} have no effect, so that a site goes on
     * being watched.
     */
    public static DetectorBank of(SiteDefinition definition) {
        return new DetectorBank(definition, kind -> true);
    }

    /** A bank with only the detectors of the kinds that are wanted. */
    public static DetectorBank of(SiteDefinition definition, Predicate<DetectorKind> wanted) {
        return new DetectorBank(definition, wanted);
    }

    /**
     * The bank of a new definition of the same site. States carry over where the detector is still there; changes that were not
     * yet taken are still reported by the new bank. Stored states whose key {@link #stateTypes} no longer has can be deleted.
     */
    public DetectorBank reconfigured(SiteDefinition next) {
        DetectorBank bank = new DetectorBank(next, wanted);
        bank.restore(states());
        Set<String> pending = new TreeSet<>();
        changed.forEach(slot -> pending.add(slot.key));
        for (Slot<?> slot : bank.slots) {
            if (pending.contains(slot.key)) {
                bank.mark(slot);
            }
        }
        return bank;
    }

    public SiteDefinition definition() {
        return definition;
    }

    /** What the site's detectors claim at this signal. */
    public List<Detection> on(Signal signal) {
        ListeningDetector.State before = listening.state;
        listening.on(signal, List.of());
        if (listening.state != before) {
            mark(listening);
            if (ListeningDetector.wasDeaf(before, listening.state)) {
                resume(before.until(), signal.knownAt());
            }
        }
        return switch (signal) {
            case Signal.Reading reading -> read(reading);
            case Signal.Tick tick -> tick(tick);
        };
    }

    /** All states by key, sorted. */
    public SortedMap<String, Record> states() {
        TreeMap<String, Record> states = new TreeMap<>();
        slots.forEach(slot -> states.put(slot.key, slot.state));
        return states;
    }

    /** The class of each state by key, sorted. */
    public SortedMap<String, Class<? extends Record>> stateTypes() {
        TreeMap<String, Class<? extends Record>> types = new TreeMap<>();
        slots.forEach(slot -> types.put(slot.key, slot.detector.stateType()));
        return types;
    }

    /**
     * Takes these states; detectors of which there is none begin anew, and keys that no detector has are left aside. Nothing
     * counts as changed afterwards.
     *
     * @throws IllegalArgumentException if a state is not of its detector's class
     */
    public void restore(Map<String, ? extends Record> states) {
        for (Slot<?> slot : slots) {
            Record state = states.get(slot.key);
            if (state == null) {
                slot.reset();
            } else {
                slot.restore(state);
            }
        }
        unmark();
        firstDue_ms = timed.stream().mapToLong(slot -> slot.due_ms).min().orElse(NEVER_MS);
    }

    /** The detectors that are told of ticks. */
    List<TimeDriven<?>> listTimeDriven() {
        List<TimeDriven<?>> driven = new ArrayList<>();
        for (Slot<?> slot : timed) {
            if (slot.detector instanceof TimeDriven<?> one) {
                driven.add(one);
            }
        }
        return driven;
    }

    /** The states that have changed since this was last asked (or since the bank was made or restored), sorted by key. */
    public SortedMap<String, Record> takeChanges() {
        TreeMap<String, Record> states = new TreeMap<>();
        changed.forEach(slot -> states.put(slot.key, slot.state));
        unmark();
        return states;
    }

    private void mark(Slot<?> slot) {
        if (!slot.changed) {
            slot.changed = true;
            changed.add(slot);
        }
    }

    private void unmark() {
        changed.forEach(slot -> slot.changed = false);
        changed.clear();
    }

    private List<Detection> read(Signal.Reading reading) {
        Slot<?>[] told = listeners.get(reading.observation().datastream());
        if (told == null) {
            return List.of();
        }
        List<Detection> detections = List.of();
        for (Slot<?> slot : told) {
            detections = advance(slot, reading, detections);
        }
        return detections;
    }

    private List<Detection> tick(Signal.Tick tick) {
        long now_ms = tick.knownAt().toEpochMilli();
        if (now_ms < firstDue_ms) {
            return List.of();
        }
        List<Detection> detections = List.of();
        long first_ms = NEVER_MS;
        for (Slot<?> slot : timed) {
            if (slot.due_ms <= now_ms) {
                detections = advance(slot, tick, detections);
            }
            first_ms = Math.min(first_ms, slot.due_ms);
        }
        firstDue_ms = first_ms;
        return detections;
    }

    private void resume(Instant deafSince, Instant knownAt) {
        for (Slot<?> slot : timed) {
            if (slot.resume(deafSince, knownAt)) {
                mark(slot);
                firstDue_ms = Math.min(firstDue_ms, slot.due_ms);
            }
        }
    }

    private List<Detection> advance(Slot<?> slot, Signal signal, List<Detection> detections) {
        Record before = slot.state;
        List<Detection> after = slot.on(signal, detections);
        if (slot.state != before) {
            mark(slot);
            firstDue_ms = Math.min(firstDue_ms, slot.due_ms);
        }
        return after;
    }

    /** A detector and the state in which it is. */
    private static final class Slot<S extends Record> {

        final String key;
        final Detector<S> detector;
        S state;
        long due_ms = NEVER_MS;
        boolean changed;

        Slot(Detector<S> detector) {
            this.detector = detector;
            this.key = detector.name() + '/' + detector.subject();
            this.state = detector.initial();
            plan();
        }

        boolean isTimed() {
            return detector instanceof TimeDriven<S>;
        }

        /** Steps; {@code detections} with what comes out. */
        List<Detection> on(Signal signal, List<Detection> detections) {
            Step<S, Detection> step = detector.on(state, signal);
            if (step.state() != state) {
                state = step.state();
                plan();
            }
            if (step.outputs().isEmpty()) {
                return detections;
            }
            if (detections.isEmpty()) {
                return step.outputs();
            }
            List<Detection> more = new ArrayList<>(detections);
            more.addAll(step.outputs());
            return List.copyOf(more);
        }

        boolean resume(Instant deafSince, Instant knownAt) {
            if (!(detector instanceof TimeDriven<S> driven)) {
                return false;
            }
            S resumed = driven.resumed(state, deafSince, knownAt);
            if (resumed == state) {
                return false;
            }
            state = resumed;
            plan();
            return true;
        }

        void restore(Record stored) {
            if (!detector.stateType().isInstance(stored)) {
                throw new IllegalArgumentException(
                        "The stored state of '%s' is a %s; the detector needs a %s.%nMaybe it was stored by another version: without it the detector begins anew."
                                .formatted(
                                        key,
                                        stored.getClass().getSimpleName(),
                                        detector.stateType().getSimpleName()));
            }
            state = detector.stateType().cast(stored);
            plan();
        }

        void reset() {
            state = detector.initial();
            plan();
        }

        private void plan() {
            if (detector instanceof TimeDriven<S> driven) {
                Instant due = driven.dueAt(state);
                due_ms = due.equals(TimeDriven.NEVER) ? NEVER_MS : due.toEpochMilli();
            }
        }
    }
}
