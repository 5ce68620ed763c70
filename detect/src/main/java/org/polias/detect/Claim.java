// SPDX-License-Identifier: Apache-2.0
package org.polias.detect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.EntityRef;
import org.polias.model.detection.Evidence;
import org.polias.model.detection.Phase;
import org.polias.model.observation.Observation;
import org.polias.model.place.Place;

/** A detection while a detector puts it together. */
public final class Claim {

    /** More than these tie nothing better together; an incident keeps no more either. */
    private static final int MOST_ENTITIES = 32;

    private static final int LONGEST_SUMMARY = 1000;

    private final String detector;
    private final Watched watched;
    private final DetectionType type;
    private final Phase phase;
    private final Instant time;
    private final Instant knownAt;
    private final List<EntityRef> entities;
    private final List<Evidence> evidence = new ArrayList<>();
    private final SortedMap<String, Double> measures = new TreeMap<>();
    private Place place;
    private double logLikelihoodRatio;

    private Claim(String detector, Watched watched, DetectionType type, Phase phase, Instant time, Instant knownAt) {
        this.detector = detector;
        this.watched = watched;
        this.type = type;
        this.phase = phase;
        this.time = time;
        this.knownAt = knownAt;
        this.place = watched.place();
        this.entities = new ArrayList<>(watched.entities());
    }

    /** A claim about {@code watched} that rests on one observation, of whose time and place it is. */
    public static Claim on(
            Observation observation,
            Instant knownAt,
            String detector,
            Watched watched,
            DetectionType type,
            Phase phase) {
        Claim claim = new Claim(detector, watched, type, phase, observation.phenomenonTime(), knownAt);
        claim.place = watched.placeOf(observation);
        return claim.restingOn(new Evidence(observation.datastream(), observation.id(), observation.phenomenonTime()));
    }

    /** A claim about {@code watched} as of {@code time}. */
    public static Claim at(
            Instant time, Instant knownAt, String detector, Watched watched, DetectionType type, Phase phase) {
        return new Claim(detector, watched, type, phase, time, knownAt);
    }

    /** With this log-likelihood ratio; {@link Phase#END} keeps 0. */
    public Claim weighing(double value) {
        logLikelihoodRatio = phase == Phase.END ? 0 : value;
        return this;
    }

    /** With one more observation behind it. */
    public Claim restingOn(Evidence more) {
        evidence.add(more);
        return this;
    }

    /** With a number behind it; the name has its unit. */
    public Claim measuring(String name, double value) {
        measures.put(name, value);
        return this;
    }

    /** About one more entity, as long as there are not too many; its name is kept as {@link Names#of} gives it. */
    public Claim about(String kind, String value) {
        EntityRef entity = new EntityRef(kind, Names.of(value));
        if (entities.size() < MOST_ENTITIES && !entities.contains(entity)) {
            entities.add(entity);
        }
        return this;
    }

    /** Somewhere else than where its subject is. */
    public Claim in(Place elsewhere) {
        place = elsewhere;
        return this;
    }

    /** The detection, with its summary in the form of {@link String#format}. */
    public Detection saying(String format, Object... values) {
        // Two observations of one instant may give two claims of one type (two signatures match one packet): what a
        // claim rests on is a part of its identity.
        StringBuilder identity = new StringBuilder(watched.id());
        for (Evidence one : evidence) {
            identity.append('/')
                    .append(one.datastream().value())
                    .append('/')
                    .append(one.observation().value());
        }
        return new Detection(
                Detection.idOf(watched.site(), type, phase, detector, identity.toString(), time),
                watched.site(),
                type,
                phase,
                detector,
                watched.id(),
                time,
                knownAt,
                logLikelihoodRatio,
                place,
                entities,
                evidence,
                measures,
                Names.beginning(String.format(Locale.ROOT, format, values), LONGEST_SUMMARY));
    }
}
