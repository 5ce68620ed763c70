// SPDX-License-Identifier: Apache-2.0
package org.polias.app.fusion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.polias.fuse.site.SiteModel;
import org.polias.model.city.CalendarEntry;
import org.polias.model.city.Datastream;
import org.polias.model.city.ObservedProperty;
import org.polias.model.city.ResultKind;
import org.polias.model.city.Sensor;
import org.polias.model.city.SensorKind;
import org.polias.model.city.Site;
import org.polias.model.city.SiteClass;
import org.polias.model.city.SiteDefinition;
import org.polias.model.city.Thing;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.SensorId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.ThingId;
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Offset;
import org.polias.model.place.Place;
import org.polias.model.place.Polygon;
import org.polias.model.place.Position;

/**
 * The sites and sensors of a stream, from a city's folder, from lines that tell of them, and where neither does, from the
 * detections seen.
 *
 * <p>What a sensor can report stands in the mapping of its datastream ({@link SiteModel#REPORTS}).
 */
public final class SiteBook {

    static final double UNKNOWN_PLACE_SIGMA_M = 1000;
    static final double UNKNOWN_RANGE_M = 100;
    /** More sensors than this are not made from detections: each makes the site's definition anew. */
    private static final int MOST_SEEN_SENSORS = 2000;

    private static final Position NOWHERE = new Position(0, 0);
    private static final int CORNERS = 32;

    private final Map<SiteKey, Entry> sites = new TreeMap<>();

    /** A site while it is being learnt. */
    private static final class Entry {
        Optional<SiteDefinition> configured = Optional.empty();
        Optional<FusionLine.SiteLine> said = Optional.empty();
        Optional<Position> origin = Optional.empty();
        final Map<DatastreamId, FusionLine.SensorLine> sensors = new LinkedHashMap<>();
        final List<CalendarEntry> calendar = new ArrayList<>();
        boolean changed = true;
        int revision;
    }

    /** Takes a site as a city's folder defines it. */
    public void add(SiteDefinition definition) {
        Entry entry = entry(definition.key());
        entry.configured = Optional.of(definition);
        entry.origin = Optional.of(definition.site().origin());
        entry.changed = true;
        Map<ThingId, Thing> things = new TreeMap<>();
        definition.things().forEach(thing -> things.put(thing.id(), thing));
        Map<SensorId, Sensor> sensors = new TreeMap<>();
        definition.sensors().forEach(sensor -> sensors.put(sensor.id(), sensor));
        for (Datastream stream : definition.datastreams()) {
            Optional<Sensor> sensor = Optional.ofNullable(sensors.get(stream.sensor()));
            Optional<Thing> thing = sensor.flatMap(one -> Optional.ofNullable(things.get(one.thing())));
            if (thing.isPresent()) {
                entry.sensors.put(
                        stream.id(),
                        new FusionLine.SensorLine(
                                definition.key(),
                                stream.id(),
                                sensor.get().kind(),
                                thing.get().position(),
                                sensor.get().range_m(),
                                thing.get().gateway(),
                                List.of(),
                                0.9,
                                stream.interval()));
            }
        }
    }

    void add(FusionLine.SiteLine line) {
        Entry entry = entry(line.key());
        entry.said = Optional.of(line);
        entry.origin = Optional.of(line.origin());
        entry.changed = true;
    }

    void add(FusionLine.SensorLine line) {
        Entry entry = entry(line.site());
        if (!line.equals(entry.sensors.put(line.id(), line))) {
            entry.changed = true;
        }
        if (entry.origin.isEmpty()) {
            entry.origin = Optional.of(line.position());
        }
    }

    void add(FusionLine.CalendarLine line) {
        Entry entry = entry(line.site());
        entry.calendar.add(line.entry());
        entry.changed = true;
    }

    /** Learns what a detection tells of its site and sensor, where nothing else did. */
    void see(FusionLine.Claim claim) {
        Detection detection = claim.detection();
        Entry entry = entry(detection.site());
        if (entry.origin.isEmpty() && claim.isPlaced()) {
            entry.origin = Optional.of(detection.place().position());
            entry.changed = true;
        }
        if (entry.configured.isPresent() || detection.evidence().isEmpty() || !claim.isPlaced()) {
            return;
        }
        DatastreamId id = detection.evidence().getFirst().datastream();
        if (!entry.sensors.containsKey(id) && entry.sensors.size() < MOST_SEEN_SENSORS) {
            double sigma = Math.sqrt(detection.place().covariance().determinant_m4());
            entry.sensors.put(
                    id,
                    new FusionLine.SensorLine(
                            detection.site(),
                            id,
                            kindThatReports(detection.type()),
                            detection.place().position(),
                            Math.max(1, Math.sqrt(sigma)),
                            claim.gateway(),
                            List.of(),
                            0.9,
                            Optional.empty()));
            entry.changed = true;
        }
    }

    /** The keys of all sites, in order. */
    Set<SiteKey> keys() {
        return sites.keySet();
    }

    Optional<FusionLine.SensorLine> findSensor(SiteKey site, DatastreamId id) {
        return Optional.ofNullable(sites.get(site)).flatMap(entry -> Optional.ofNullable(entry.sensors.get(id)));
    }

    /** The site that has this sensor, if just one does. */
    Optional<SiteKey> findSiteOf(DatastreamId id) {
        List<SiteKey> having = sites.entrySet().stream()
                .filter(each -> each.getValue().sensors.containsKey(id))
                .map(Map.Entry::getKey)
                .toList();
        return having.size() == 1 ? Optional.of(having.getFirst()) : Optional.empty();
    }

    /** Where what a sensor reports is thought to be, if the sensor does not say. */
    Place placeOf(SiteKey site, DatastreamId sensor) {
        return findSensor(site, sensor)
                .map(known -> Place.within(known.position(), known.range_m()))
                .orElseGet(() -> Place.within(
                        Optional.ofNullable(sites.get(site))
                                .flatMap(entry -> entry.origin)
                                .orElse(NOWHERE),
                        UNKNOWN_PLACE_SIGMA_M));
    }

    /** The definition of a site, if it changed since it was last taken from here. */
    Optional<SiteDefinition> takeChanged(SiteKey key) {
        Entry entry = entry(key);
        if (!entry.changed) {
            return Optional.empty();
        }
        entry.changed = false;
        entry.revision++;
        if (entry.configured.isPresent()
                && entry.calendar.isEmpty()
                && entry.sensors.size() == entry.configured.get().datastreams().size()) {
            return entry.configured;
        }
        return Optional.of(definition(key, entry));
    }

    private static Map<String, String> reports(FusionLine.SensorLine line) {
        return line.reports().isEmpty()
                ? Map.of()
                : Map.of(
                        SiteModel.REPORTS,
                        String.join(
                                ",",
                                line.reports().stream().map(DetectionType::code).toList()));
    }

    private Entry entry(SiteKey key) {
        return sites.computeIfAbsent(key, ignored -> new Entry());
    }

    private static SiteDefinition definition(SiteKey key, Entry entry) {
        List<Thing> things = new ArrayList<>();
        List<Sensor> sensors = new ArrayList<>();
        List<Datastream> streams = new ArrayList<>();
        for (FusionLine.SensorLine line : entry.sensors.values()) {
            ThingId thing = new ThingId(line.id().value());
            SensorId sensor = new SensorId(line.id().value());
            things.add(new Thing(thing, line.id().value(), line.position(), Optional.empty(), line.gateway()));
            sensors.add(new Sensor(sensor, thing, line.kind(), "", line.range_m()));
            streams.add(new Datastream(
                    line.id(),
                    sensor,
                    line.id().value(),
                    property(line.kind()),
                    ResultKind.EVENT,
                    "",
                    Optional.empty(),
                    line.interval(),
                    Optional.empty(),
                    0,
                    Optional.empty(),
                    reports(line)));
        }
        List<CalendarEntry> calendar = new ArrayList<>();
        entry.configured.ifPresent(city -> calendar.addAll(city.calendar()));
        calendar.addAll(entry.calendar);
        return new SiteDefinition(
                key,
                entry.configured.map(SiteDefinition::site).orElseGet(() -> site(key, entry)),
                entry.configured.map(SiteDefinition::simulated).orElse(false),
                entry.configured.map(SiteDefinition::zones).orElse(List.of()),
                entry.configured.map(SiteDefinition::assets).orElse(List.of()),
                things,
                sensors,
                streams,
                entry.configured.map(SiteDefinition::detectors).orElse(List.of()),
                entry.configured.map(SiteDefinition::playbooks).orElse(List.of()),
                calendar,
                entry.configured.map(SiteDefinition::revision).orElse("stream") + "-" + entry.revision);
    }

    private static Site site(SiteKey key, Entry entry) {
        Position origin = entry.origin.orElse(NOWHERE);
        return entry.said
                .map(said -> new Site(
                        key.site(),
                        said.name(),
                        said.siteClass(),
                        said.origin(),
                        Optional.of(circle(said.origin(), said.radius_m())),
                        said.people(),
                        said.vulnerability()))
                .orElseGet(() ->
                        new Site(key.site(), key.site().value(), SiteClass.STREET, origin, Optional.empty(), 0, 1));
    }

    private static Polygon circle(Position centre, double radius_m) {
        LocalFrame frame = new LocalFrame(centre);
        List<Position> ring = new ArrayList<>();
        for (int i = 0; i < CORNERS; i++) {
            double angle = 2 * Math.PI * i / CORNERS;
            ring.add(frame.toPosition(new Offset(radius_m * StrictMath.cos(angle), radius_m * StrictMath.sin(angle))));
        }
        ring.add(ring.getFirst());
        return Polygon.of(ring);
    }

    private static String property(SensorKind kind) {
        return switch (kind) {
            case MICROPHONE -> ObservedProperty.SOUND_EVENT;
            case CAMERA -> ObservedProperty.PERSON_COUNT;
            case GAS -> ObservedProperty.AMMONIA;
            case ACCESS -> ObservedProperty.ACCESS_EVENT;
            case NETWORK -> ObservedProperty.NETWORK_EVENT;
            case WEATHER, VIBRATION, SPECTROMETER, RADIATION, VEHICLE, OTHER -> "other";
        };
    }

    private static SensorKind kindThatReports(DetectionType type) {
        return switch (type.domain()) {
            case ACOUSTIC -> SensorKind.MICROPHONE;
            case CROWD -> SensorKind.CAMERA;
            case CHEMICAL -> SensorKind.GAS;
            case ACCESS -> SensorKind.ACCESS;
            case CYBER -> SensorKind.NETWORK;
            case ENVIRONMENT, HEALTH -> SensorKind.OTHER;
        };
    }
}
