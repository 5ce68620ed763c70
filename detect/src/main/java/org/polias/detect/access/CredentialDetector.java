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
import org.polias.detect.Names;
import org.polias.detect.Signal;
import org.polias.detect.Watched;
import org.polias.detect.settings.DetectorKind;
import org.polias.detect.settings.Parameter;
import org.polias.detect.settings.Parameters;
import org.polias.detect.settings.SiteIndex;
import org.polias.detect.settings.Subject;
import org.polias.detect.settings.Wiring;
import org.polias.model.Sorted;
import org.polias.model.city.Datastream;
import org.polias.model.city.ObservedProperty;
import org.polias.model.city.ResultKind;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.EntityRef;
import org.polias.model.detection.Phase;
import org.polias.model.event.Step;
import org.polias.model.id.DatastreamId;
import org.polias.model.observation.Observation;
import org.polias.model.observation.Quality;
import org.polias.model.observation.Result;

/**
 * One credential is refused again and again, at several doors of a site: the {@code refusals}-th {@code access.refused} with
 * the same attribute {@code credential} within {@code window} and at two or more doors; then counting begins anew. Refusals at
 * one door are the access detector's.
 *
 * <p><b>What it weighs</b>: as repeated refusals at one door, with {@code refusedUsual} = 0.5 an hour for one credential.
 *
 * @param doors what each datastream watches, by its id
 */
public record CredentialDetector(
        Watched watched, SortedMap<String, Watched> doors, int refusals, Duration window, double refusedUsual_per_h)
        implements Detector<CredentialDetector.State> {

    public static final String NAME = "credential-refused";

    public static final DetectorKind KIND = new DetectorKind(
            NAME,
            "One credential is refused again and again at several doors of a site.",
            List.of(
                    Parameter.whole("refusals", 4, 2, 50, "How many refusals are too many."),
                    Parameter.duration("window", "10min", "Within what time."),
                    Parameter.number("refusedUsual", "0.5", 0.0001, 1000, "Usual refusals an hour of one credential.")),
            SiteIndex::listSiteSubject,
            CredentialDetector::assemble);

    /** The refusals of the recent past, by credential. */
    public record State(SortedMap<String, List<Occurrence>> refused) {
        public State {
            refused = Sorted.copyOf(refused);
        }
    }

    public CredentialDetector {
        doors = Sorted.copyOf(doors);
    }

    private static Optional<Wiring> assemble(SiteIndex site, Subject subject, Parameters parameters) {
        TreeMap<String, Watched> doors = new TreeMap<>();
        List<DatastreamId> listensTo = new ArrayList<>();
        for (Datastream datastream : site.listDatastreams(
                d -> d.property().equals(ObservedProperty.ACCESS_EVENT) && d.resultKind() == ResultKind.EVENT)) {
            doors.put(datastream.id().value(), site.watch(datastream));
            listensTo.add(datastream.id());
        }
        return listensTo.isEmpty()
                ? Optional.empty()
                : Optional.of(new Wiring(
                        new CredentialDetector(
                                site.watchSite(),
                                doors,
                                parameters.whole("refusals"),
                                parameters.duration("window"),
                                parameters.number("refusedUsual")),
                        listensTo));
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
        return new State(new TreeMap<>());
    }

    @Override
    public Step<State, Detection> on(State state, Signal signal) {
        return switch (signal) {
            case Signal.Reading(Instant knownAt, Observation observation) ->
                observation.result() instanceof Result.EventRecord event
                                && event.type().equals("access.refused")
                                && observation.quality() != Quality.BAD
                        ? refused(state, knownAt, observation, event)
                        : Step.silent(state);
            case Signal.Tick ignored -> Step.silent(state);
        };
    }

    private Step<State, Detection> refused(
            State state, Instant knownAt, Observation observation, Result.EventRecord event) {
        String credential = Names.of(event.attributes().getOrDefault("credential", ""));
        if (credential.isEmpty()) {
            return Step.silent(state);
        }
        String datastream = observation.datastream().value();
        // A door is one of its datastream: two readers may both call theirs "1".
        String door = datastream + '/' + Names.of(event.attributes().getOrDefault("door", ""));
        TreeMap<String, List<Occurrence>> refused =
                Occurrences.add(state.refused, credential, Occurrence.of(observation, door), window);
        List<Occurrence> own = refused.getOrDefault(credential, List.of());
        long tried = own.stream().map(Occurrence::door).distinct().count();
        if (own.size() < refusals || tried < 2) {
            return Step.silent(new State(refused));
        }
        refused.remove(credential);
        Watched at = doors.getOrDefault(datastream, watched);
        Claim claim = Claim.on(observation, knownAt, NAME, watched, DetectionType.ACCESS_REFUSED, Phase.MOMENT)
                .weighing(RefusalWeight.of(own.size(), window, refusedUsual_per_h))
                .in(at.placeOf(observation))
                .about(EntityRef.CREDENTIAL, credential)
                .measuring("refusals", own.size())
                .measuring("doors", tried)
                .measuring("window_s", window.toMillis() / 1000.0);
        for (Occurrence one : own) {
            if (one.observation() != observation.id().value()) {
                claim.restingOn(one.evidence());
            }
            Watched where = doors.getOrDefault(one.datastream(), watched);
            where.entities().forEach(entity -> claim.about(entity.kind(), entity.value()));
        }
        return new Step<>(
                new State(refused),
                List.of(claim.saying(
                        "The credential %s was refused %d times at %d doors within %d s, last at %s.",
                        credential, own.size(), tried, window.toSeconds(), at.name())));
    }
}
