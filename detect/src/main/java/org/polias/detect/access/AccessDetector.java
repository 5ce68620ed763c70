// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.polias.detect.Claim;
import org.polias.detect.Detector;
import org.polias.detect.Measured;
import org.polias.detect.Names;
import org.polias.detect.Signal;
import org.polias.detect.Watched;
import org.polias.detect.likelihood.LikelihoodRatio;
import org.polias.detect.settings.DetectorKind;
import org.polias.detect.settings.Parameter;
import org.polias.detect.settings.Parameters;
import org.polias.detect.settings.SiteIndex;
import org.polias.detect.settings.Subject;
import org.polias.detect.settings.Wiring;
import org.polias.model.Sorted;
import org.polias.model.city.Asset;
import org.polias.model.city.Datastream;
import org.polias.model.city.ObservedProperty;
import org.polias.model.city.ResultKind;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.EntityRef;
import org.polias.model.detection.Phase;
import org.polias.model.event.Step;
import org.polias.model.observation.Observation;
import org.polias.model.observation.Quality;
import org.polias.model.observation.Result;

/**
 * What happens at the doors of one access-control datastream.
 *
 * <ul>
 *   <li>{@code door.forced}: at once.
 *   <li>{@code door.opened}, where {@code requireGrant} is on: if no {@code access.granted} at that door came up to
 *       {@code grantLasts} before.
 *   <li>{@code door.held}, unless {@code held} is off.
 *   <li>{@code access.refused}: the {@code refusals}-th at one door within {@code window}; then counting begins anew.
 * </ul>
 *
 * The event's attribute {@code door} names the door, where the datastream has several: an asset's id or any other name. Each event
 * counts at its own phenomenon time; a refusal or grant that comes late takes its place in time.
 *
 * <p><b>What it weighs.</b> LR = ln(hit rate / P(such an event within the reference minute though nobody forced anything)), with the
 * false alarms an hour of {@code forcedFalse} = 0.2 (loose contacts; h = 0.9), {@code openedFalse} = 2 (exit buttons; h = 0.9)
 * and {@code heldFalse} = 4 (deliveries, smokers; h = 0.3). Repeated refusals: P(at least so many by chance), Poisson with
 * {@code refusedUsual} = 2 an hour, contaminated by e = 0.05 for a worn card tried again and again; h = 0.8.
 *
 * @param doors the assets that events may name as their door, by id
 */
public record AccessDetector(
        Watched watched,
        SortedMap<String, Watched> doors,
        boolean requireGrant,
        Duration grantLasts,
        boolean held,
        int refusals,
        Duration window,
        double forcedFalse_per_h,
        double openedFalse_per_h,
        double heldFalse_per_h,
        double refusedUsual_per_h)
        implements Detector<AccessDetector.State> {

    public static final String NAME = "access";

    private static final double HIT_FORCED = 0.9;
    private static final double HIT_OPENED = 0.9;
    private static final double HIT_HELD = 0.3;

    public static final DetectorKind KIND = new DetectorKind(
            NAME,
            "A door is forced, opened without a grant or held open, or access is refused there again and again.",
            List.of(
                    Parameter.flag("requireGrant", false, "Whether an opening without a grant before is reported."),
                    Parameter.duration("grantLasts", "30s", "How long after a grant the door may open."),
                    Parameter.flag("held", true, "Whether a door held open is reported."),
                    Parameter.whole("refusals", 5, 2, 50, "How many refusals are too many."),
                    Parameter.duration("window", "2min", "Within what time."),
                    Parameter.number("forcedFalse", "0.2", 0.0001, 1000, "False forced-door events an hour."),
                    Parameter.number("openedFalse", "2", 0.0001, 1000, "Harmless openings without a grant an hour."),
                    Parameter.number("heldFalse", "4", 0.0001, 1000, "Harmless held-door events an hour."),
                    Parameter.number("refusedUsual", "2", 0.0001, 1000, "Usual refusals an hour at a door.")),
            site -> site.listDatastreamSubjects(
                    d -> d.property().equals(ObservedProperty.ACCESS_EVENT) && d.resultKind() == ResultKind.EVENT),
            AccessDetector::assemble);

    /** The refusals and the last grants of the recent past, by door. */
    public record State(SortedMap<String, List<Occurrence>> refused, SortedMap<String, List<Occurrence>> granted) {
        public State {
            refused = Sorted.copyOf(refused);
            granted = Sorted.copyOf(granted);
        }
    }

    public AccessDetector {
        doors = Sorted.copyOf(doors);
    }

    private static Optional<Wiring> assemble(SiteIndex site, Subject subject, Parameters parameters) {
        Datastream datastream = site.datastream(subject.id());
        TreeMap<String, Watched> doors = new TreeMap<>();
        for (Asset asset : site.definition().assets()) {
            doors.put(asset.id().value(), site.watch(asset));
        }
        return Optional.of(new Wiring(
                new AccessDetector(
                        site.watch(datastream),
                        doors,
                        parameters.isOn("requireGrant"),
                        parameters.duration("grantLasts"),
                        parameters.isOn("held"),
                        parameters.whole("refusals"),
                        parameters.duration("window"),
                        parameters.number("forcedFalse"),
                        parameters.number("openedFalse"),
                        parameters.number("heldFalse"),
                        parameters.number("refusedUsual")),
                List.of(datastream.id())));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String subject() {
        return watched.id();
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public State initial() {
        return new State(new TreeMap<>(), new TreeMap<>());
    }

    @Override
    public Step<State, Detection> on(State state, Signal signal) {
        return switch (signal) {
            case Signal.Reading(Instant knownAt, Observation observation) ->
                observation.result() instanceof Result.EventRecord event && observation.quality() != Quality.BAD
                        ? read(state, knownAt, observation, event)
                        : Step.silent(state);
            case Signal.Tick ignored -> Step.silent(state);
        };
    }

    private Step<State, Detection> read(
            State state, Instant knownAt, Observation observation, Result.EventRecord event) {
        String door = doorOf(event);
        return switch (event.type()) {
            case "door.forced" ->
                new Step<>(
                        state,
                        List.of(forced(
                                HIT_FORCED, forcedFalse_per_h, "was forced open.", observation, event, knownAt)));
            case "door.held" ->
                held
                        ? new Step<>(
                                state,
                                List.of(forced(
                                        HIT_HELD, heldFalse_per_h, "is held open.", observation, event, knownAt)))
                        : Step.silent(state);
            case "door.opened" ->
                requireGrant && !isGranted(state, door, observation.phenomenonTime())
                        ? new Step<>(
                                state,
                                List.of(forced(
                                        HIT_OPENED,
                                        openedFalse_per_h,
                                        "was opened though no access had been granted.",
                                        observation,
                                        event,
                                        knownAt)))
                        : Step.silent(state);
            case "access.granted" ->
                requireGrant
                        ? Step.silent(new State(
                                state.refused,
                                Occurrences.add(state.granted, door, Occurrence.of(observation, door), grantLasts)))
                        : Step.silent(state);
            case "access.refused" -> refused(state, door, observation, event, knownAt);
            // Types are an open set: whatever else a source reports means nothing here.
            default -> Step.silent(state);
        };
    }

    private boolean isGranted(State state, String door, Instant openedAt) {
        return state.granted.getOrDefault(door, List.of()).stream()
                .anyMatch(grant -> !grant.at().isAfter(openedAt)
                        && Measured.seconds(grant.at(), openedAt) * 1000 <= grantLasts.toMillis());
    }

    private Step<State, Detection> refused(
            State state, String door, Observation observation, Result.EventRecord event, Instant knownAt) {
        TreeMap<String, List<Occurrence>> refused =
                Occurrences.add(state.refused, door, Occurrence.of(observation, door), window);
        List<Occurrence> here = refused.getOrDefault(door, List.of());
        if (here.size() < refusals) {
            return Step.silent(new State(refused, state.granted));
        }
        refused.remove(door);
        Claim claim = claim(DetectionType.ACCESS_REFUSED, observation, event, knownAt)
                .weighing(RefusalWeight.of(here.size(), window, refusedUsual_per_h))
                .measuring("refusals", here.size())
                .measuring("window_s", window.toMillis() / 1000.0);
        here.stream()
                .filter(one -> one.observation() != observation.id().value())
                .forEach(one -> claim.restingOn(one.evidence()));
        return new Step<>(
                new State(refused, state.granted),
                List.of(claim.saying(
                        "Access was refused %d times within %d s at %s.",
                        here.size(), window.toSeconds(), doorName(event))));
    }

    private Detection forced(
            double hitRate,
            double false_per_h,
            String what,
            Observation observation,
            Result.EventRecord event,
            Instant knownAt) {
        return claim(DetectionType.DOOR_FORCED, observation, event, knownAt)
                .weighing(LikelihoodRatio.ofRates(hitRate, LikelihoodRatio.falseAlarmProbability(false_per_h)))
                .measuring("falseAlarms_per_h", false_per_h)
                .saying("%s %s", doorName(event), what);
    }

    private Claim claim(DetectionType type, Observation observation, Result.EventRecord event, Instant knownAt) {
        Watched door = doors.get(doorOf(event));
        Claim claim = Claim.on(observation, knownAt, NAME, door == null ? watched : standIn(door), type, Phase.MOMENT);
        String credential = event.attributes().getOrDefault("credential", "");
        if (!credential.isEmpty()) {
            claim.about(EntityRef.CREDENTIAL, credential);
        }
        return claim;
    }

    private static String doorOf(Result.EventRecord event) {
        return Names.of(event.attributes().getOrDefault("door", ""));
    }

    /** The door that an event names, in place of the one at which the controller stands. */
    private Watched standIn(Watched door) {
        List<EntityRef> entities = new ArrayList<>();
        watched.entities().stream()
                .filter(entity -> entity.kind().equals(EntityRef.SENSOR))
                .forEach(entities::add);
        entities.addAll(door.entities());
        return new Watched(watched.site(), watched.id(), door.name(), door.place(), entities);
    }

    private String doorName(Result.EventRecord event) {
        String door = doorOf(event);
        Watched known = doors.get(door);
        if (known != null) {
            return known.name();
        }
        return door.isEmpty() ? watched.name() : watched.name() + " (" + door + ")";
    }
}
