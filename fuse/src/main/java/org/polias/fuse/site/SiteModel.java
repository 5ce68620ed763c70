// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

import org.polias.model.Sorted;
import org.polias.model.city.Asset;
import org.polias.model.city.Datastream;
import org.polias.model.city.Sensor;
import org.polias.model.city.SiteClass;
import org.polias.model.city.SiteDefinition;
import org.polias.model.city.Thing;
import org.polias.model.city.Zone;
import org.polias.model.id.SensorId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.ThingId;
import org.polias.model.incident.CriticalityRules;
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Offset;
import org.polias.model.place.Polygon;
import org.polias.model.place.Position;

/**
 * What fusion needs to know of a site, drawn from its definition once so that each detection costs little.
 *
 * @param area_m2 over how much ground unrelated events spread
 * @param expectedPeople people who are on the site at once
 * @param unzonedPeople people expected on the site outside its zones
 * @param peopleAssumed whether nobody said how many people are here
 * @param sensors by the id of the datastream
 * @param rules by what is judged how much incidents matter, where the city has rules of its own
 */
public record SiteModel(
        SiteKey key,
        String revision,
        boolean simulated,
        String name,
        SiteClass siteClass,
        Position origin,
        double area_m2,
        int expectedPeople,
        int unzonedPeople,
        boolean peopleAssumed,
        double vulnerability,
        List<Area> areas,
        List<Asset> assets,
        SortedMap<String, SensorSpot> sensors,
        Optional<CriticalityRules> rules) {

    /** Under which name a datastream's mapping lists the codes of what its sensor can claim by itself, with commas. */
    public static final String REPORTS = "fusion.reports";

    /** People assumed where a site's definition names none: an unknown exposure is not an exposure of nobody. */
    static final int ASSUMED_PEOPLE = 100;

    /** Samples along the longer side of a zone's bounding box. */
    private static final int SAMPLES_ACROSS = 7;
    /** The ground of a site of which nothing tells the extent: one square kilometre. */
    private static final double UNKNOWN_AREA_M2 = 1e6;
    /** The smallest ground of a site: a single building with its yard. */
    private static final double SMALLEST_AREA_M2 = 1e4;

    public SiteModel {
        areas = List.copyOf(areas);
        assets = List.copyOf(assets);
        sensors = Sorted.copyOf(sensors);
    }

    /** What fusion needs of {@code definition}. */
    public static SiteModel of(SiteDefinition definition) {
        LocalFrame frame = new LocalFrame(definition.site().origin());
        int inZones = definition.zones().stream().mapToInt(Zone::expectedPeople).sum();
        int onSite = definition.site().expectedPeople();
        int people = onSite > 0 ? onSite : inZones > 0 ? inZones : ASSUMED_PEOPLE;
        // Zones name how many they hold when they are busy, which is not all at once.
        double atOnce = Math.min(1, (double) people / Math.max(1, inZones));
        List<Area> areas = new ArrayList<>();
        int zoned = 0;
        for (Zone zone : definition.zones()) {
            int here = (int) (zone.expectedPeople() * atOnce);
            areas.add(new Area(zone.id().value(), zone.name(), zone.shape(), here, samples(zone.shape(), frame)));
            zoned += here;
        }
        return new SiteModel(
                definition.key(),
                definition.revision(),
                definition.simulated(),
                definition.site().name(),
                definition.site().siteClass(),
                definition.site().origin(),
                area_m2(definition, frame),
                people,
                people - zoned,
                onSite == 0 && inZones == 0,
                definition.site().vulnerability(),
                areas,
                definition.assets(),
                sensors(definition, frame),
                definition.criticality());
    }

    /** The frame in which the site's offsets are. */
    public LocalFrame frame() {
        return new LocalFrame(origin);
    }

    /** By what is judged how much incidents matter. */
    public CriticalityRules criticality() {
        return rules.orElse(CriticalityRules.DEFAULT);
    }

    /** The zone with this id. */
    public Optional<Area> findArea(String id) {
        return areas.stream().filter(area -> area.id().equals(id)).findFirst();
    }

    /** The asset with this id. */
    public Optional<Asset> findAsset(String id) {
        return assets.stream().filter(asset -> asset.id().value().equals(id)).findFirst();
    }

    /** How many people are expected within {@code reach_m} of {@code centre} on a busy day. At least one. */
    public double peopleWithin(Offset centre, double reach_m) {
        return peopleWithin(centre, reach_m, Area::expectedPeople, unzonedPeople);
    }

    /**
     * How many people are within {@code reach_m} of {@code centre}: of each zone the share of its sample points that lie there, of
     * the people outside the zones the share of the site's ground, as a disc about the origin. At least one.
     *
     * @param inArea how many are in a zone
     * @param outsideAreas how many are on the site outside its zones
     */
    public double peopleWithin(Offset centre, double reach_m, ToDoubleFunction<Area> inArea, double outsideAreas) {
        double people =
                outsideAreas * sharedArea_m2(Math.sqrt(area_m2 / Math.PI), reach_m, centre.length_m()) / area_m2;
        for (Area area : areas) {
            double here = inArea.applyAsDouble(area);
            if (here > 0) {
                int inside = 0;
                for (Offset sample : area.samples()) {
                    double east = sample.east_m() - centre.east_m();
                    double north = sample.north_m() - centre.north_m();
                    if (east * east + north * north <= reach_m * reach_m) {
                        inside++;
                    }
                }
                people += here * inside / area.samples().size();
            }
        }
        return Math.max(1, people);
    }

    /** The area that two discs with these radii share whose centres are {@code distance_m} apart. */
    private static double sharedArea_m2(double a_m, double b_m, double distance_m) {
        if (distance_m >= a_m + b_m) {
            return 0;
        }
        double smaller_m = Math.min(a_m, b_m);
        if (distance_m <= Math.abs(a_m - b_m)) {
            return Math.PI * smaller_m * smaller_m;
        }
        return segment_m2(a_m, b_m, distance_m) + segment_m2(b_m, a_m, distance_m);
    }

    /** The part of the disc with radius {@code a_m} beyond the chord in which the other's circle cuts its own. */
    private static double segment_m2(double a_m, double b_m, double distance_m) {
        double toChord_m = (distance_m * distance_m + a_m * a_m - b_m * b_m) / (2 * distance_m);
        double cosine = Math.clamp(toChord_m / a_m, -1, 1);
        return a_m * a_m * (StrictMath.acos(cosine) - cosine * Math.sqrt(1 - cosine * cosine));
    }

    private static List<Offset> samples(Polygon shape, LocalFrame frame) {
        double west = Double.POSITIVE_INFINITY;
        double east = Double.NEGATIVE_INFINITY;
        double south = Double.POSITIVE_INFINITY;
        double north = Double.NEGATIVE_INFINITY;
        for (Position corner : shape.shell()) {
            west = Math.min(west, corner.longitude());
            east = Math.max(east, corner.longitude());
            south = Math.min(south, corner.latitude());
            north = Math.max(north, corner.latitude());
        }
        List<Offset> samples = new ArrayList<>();
        for (int i = 0; i < SAMPLES_ACROSS; i++) {
            for (int j = 0; j < SAMPLES_ACROSS; j++) {
                Position point = new Position(
                        west + (east - west) * (i + 0.5) / SAMPLES_ACROSS,
                        south + (north - south) * (j + 0.5) / SAMPLES_ACROSS);
                if (shape.contains(point)) {
                    samples.add(frame.toOffset(point));
                }
            }
        }
        return samples.isEmpty() ? List.of(frame.toOffset(shape.centroid())) : samples;
    }

    /** The boundary's ground; without one the disc about the origin that holds everything that is configured. */
    private static double area_m2(SiteDefinition definition, LocalFrame frame) {
        if (definition.site().boundary().isPresent()) {
            return Math.max(SMALLEST_AREA_M2, definition.site().boundary().get().area_m2());
        }
        double radius = 0;
        for (Zone zone : definition.zones()) {
            for (Position corner : zone.shape().shell()) {
                radius = Math.max(radius, frame.toOffset(corner).length_m());
            }
        }
        for (Thing thing : definition.things()) {
            radius = Math.max(radius, frame.toOffset(thing.position()).length_m());
        }
        for (Asset asset : definition.assets()) {
            radius = Math.max(radius, frame.toOffset(asset.position()).length_m());
        }
        return radius == 0 ? UNKNOWN_AREA_M2 : Math.max(SMALLEST_AREA_M2, Math.PI * radius * radius);
    }

    /** What the datastream's {@link #REPORTS} names. */
    private static SortedSet<String> reports(Datastream datastream) {
        SortedSet<String> codes = new TreeSet<>();
        for (String code : datastream.mapping().getOrDefault(REPORTS, "").split("[,\\s]+")) {
            if (!code.isEmpty()) {
                codes.add(code);
            }
        }
        return codes;
    }

    private static SortedMap<String, SensorSpot> sensors(SiteDefinition definition, LocalFrame frame) {
        Map<ThingId, Thing> things = new TreeMap<>();
        definition.things().forEach(thing -> things.put(thing.id(), thing));
        Map<SensorId, Sensor> sensors = new TreeMap<>();
        definition.sensors().forEach(sensor -> sensors.put(sensor.id(), sensor));
        SortedMap<String, SensorSpot> spots = new TreeMap<>();
        for (Datastream datastream : definition.datastreams()) {
            Optional<Sensor> sensor = Optional.ofNullable(sensors.get(datastream.sensor()));
            Optional<Thing> thing = sensor.flatMap(s -> Optional.ofNullable(things.get(s.thing())));
            if (thing.isPresent()) {
                spots.put(
                        datastream.id().value(),
                        new SensorSpot(
                                datastream.sensor(),
                                datastream.id(),
                                sensor.get().kind(),
                                frame.toOffset(thing.get().position()),
                                sensor.get().range_m(),
                                thing.get().gateway(),
                                reports(datastream),
                                datastream.interval().isPresent()));
            }
        }
        return spots;
    }
}
