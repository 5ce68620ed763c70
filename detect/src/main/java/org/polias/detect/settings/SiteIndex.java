// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.polias.detect.Watched;
import org.polias.model.city.Asset;
import org.polias.model.city.Datastream;
import org.polias.model.city.Sensor;
import org.polias.model.city.SiteDefinition;
import org.polias.model.city.Thing;
import org.polias.model.city.Zone;
import org.polias.model.detection.EntityRef;
import org.polias.model.id.AssetId;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.SensorId;
import org.polias.model.id.ThingId;
import org.polias.model.id.ZoneId;
import org.polias.model.place.Covariance;
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Offset;
import org.polias.model.place.Place;
import org.polias.model.place.Polygon;
import org.polias.model.place.Position;

/** A site as detectors are made for it: by id, and with the place and the name of what each of them watches. */
public final class SiteIndex {

    /** No place is known better than this, however short a sensor's range: what is watched has a size of its own. */
    private static final double LEAST_SIGMA_M = 1;
    /** The spread of what happens somewhere at a site that has no boundary. */
    private static final double SITE_SIGMA_M = 300;
    /** The spread of what happens at an asset: the size of a gate or a room. */
    private static final double ASSET_SIGMA_M = 5;

    private final SiteDefinition definition;
    private final LocalFrame frame;
    private final Map<SensorId, Sensor> sensors = new HashMap<>();
    private final Map<ThingId, Thing> things = new HashMap<>();
    private final Map<AssetId, Asset> assets = new HashMap<>();
    private final Map<ZoneId, Zone> zones = new HashMap<>();
    private final Map<DatastreamId, Datastream> datastreams = new HashMap<>();
    private final List<Datastream> sorted;

    public SiteIndex(SiteDefinition definition) {
        this.definition = definition;
        this.frame = new LocalFrame(definition.site().origin());
        definition.sensors().forEach(sensor -> sensors.put(sensor.id(), sensor));
        definition.things().forEach(thing -> things.put(thing.id(), thing));
        definition.assets().forEach(asset -> assets.put(asset.id(), asset));
        definition.zones().forEach(zone -> zones.put(zone.id(), zone));
        definition.datastreams().forEach(datastream -> datastreams.put(datastream.id(), datastream));
        this.sorted = definition.datastreams().stream()
                .sorted(Comparator.comparing(Datastream::id))
                .toList();
    }

    public SiteDefinition definition() {
        return definition;
    }

    public LocalFrame frame() {
        return frame;
    }

    /** The datastreams that fit, in the order of their ids. */
    public List<Datastream> listDatastreams(Predicate<Datastream> fitting) {
        return sorted.stream().filter(fitting).toList();
    }

    /** The datastreams that fit as subjects of detectors: they go by their id or their observed property. */
    public List<Subject> listDatastreamSubjects(Predicate<Datastream> fitting) {
        List<Subject> subjects = new ArrayList<>();
        for (Datastream datastream : listDatastreams(fitting)) {
            TreeSet<String> names = new TreeSet<>();
            names.add(datastream.id().value());
            names.add(datastream.property());
            subjects.add(new Subject(datastream.id().value(), names));
        }
        return subjects;
    }

    /** The site itself as the subject of a detector. */
    public List<Subject> listSiteSubject() {
        String id = definition.site().id().value();
        return List.of(new Subject(id, new TreeSet<>(List.of(id))));
    }

    /** @throws IllegalArgumentException if there is none */
    public Datastream datastream(String id) {
        return found("datastream", id, datastreams.get(new DatastreamId(id)));
    }

    /** @throws IllegalArgumentException if there is none */
    public Zone zone(String id) {
        return found("zone", id, zones.get(new ZoneId(id)));
    }

    /** @throws IllegalArgumentException if there is none */
    public Asset asset(String id) {
        return found("asset", id, assets.get(new AssetId(id)));
    }

    /** The sensor that gives {@code datastream}. */
    public Sensor sensorOf(Datastream datastream) {
        return found("sensor", datastream.sensor().value(), sensors.get(datastream.sensor()));
    }

    /** The thing that carries the sensor of {@code datastream}. */
    public Thing thingOf(Datastream datastream) {
        ThingId thing = sensorOf(datastream).thing();
        return found("thing", thing.value(), things.get(thing));
    }

    /** The asset that the thing behind {@code datastream} watches or is a part of. */
    public Optional<Asset> findAssetOf(Datastream datastream) {
        return thingOf(datastream).asset().map(assets::get);
    }

    /** A datastream as detections tell of it: placed at its thing, within its sensor's range. */
    public Watched watch(Datastream datastream) {
        List<EntityRef> entities = new ArrayList<>();
        entities.add(new EntityRef(EntityRef.SENSOR, datastream.sensor().value()));
        findAssetOf(datastream)
                .ifPresent(asset ->
                        entities.add(new EntityRef(EntityRef.ASSET, asset.id().value())));
        datastream.zone().ifPresent(zone -> entities.add(new EntityRef(EntityRef.ZONE, zone.value())));
        double sigma_m = Math.max(LEAST_SIGMA_M, sensorOf(datastream).range_m());
        return new Watched(
                definition.key(),
                datastream.id().value(),
                datastream.name(),
                Place.within(thingOf(datastream).position(), sigma_m),
                entities);
    }

    /** As {@link #watch(Datastream)}, by the name of the thing: as one says who heard something, rather than what was measured. */
    public Watched watchAsThing(Datastream datastream) {
        Watched watched = watch(datastream);
        return new Watched(
                watched.site(), watched.id(), thingOf(datastream).name(), watched.place(), watched.entities());
    }

    /** A zone as detections tell of it: placed at its centroid, spread as its shape. */
    public Watched watch(Zone zone) {
        return new Watched(
                definition.key(),
                zone.id().value(),
                zone.name(),
                spreadOver(zone.shape()),
                List.of(new EntityRef(EntityRef.ZONE, zone.id().value())));
    }

    /** An asset as detections tell of it. */
    public Watched watch(Asset asset) {
        List<EntityRef> entities = new ArrayList<>();
        entities.add(new EntityRef(EntityRef.ASSET, asset.id().value()));
        asset.zone().ifPresent(zone -> entities.add(new EntityRef(EntityRef.ZONE, zone.value())));
        return new Watched(
                definition.key(),
                asset.id().value(),
                asset.name(),
                Place.within(asset.position(), ASSET_SIGMA_M),
                entities);
    }

    /** The whole site as detections tell of it. */
    public Watched watchSite() {
        return new Watched(
                definition.key(),
                definition.site().id().value(),
                definition.site().name(),
                definition
                        .site()
                        .boundary()
                        .map(this::spreadOver)
                        .orElseGet(() -> Place.within(definition.site().origin(), SITE_SIGMA_M)),
                List.of());
    }

    /**
     * Somewhere in {@code shape}, every point being as likely: mean and covariance of the uniform distribution over its outer
     * ring, by Green's theorem; over a ring without area, over its corners.
     */
    private Place spreadOver(Polygon shape) {
        Position centroid = shape.centroid();
        LocalFrame local = new LocalFrame(centroid);
        double twice = 0;
        double ee = 0;
        double en = 0;
        double nn = 0;
        for (int i = 0; i + 1 < shape.shell().size(); i++) {
            Offset a = local.toOffset(shape.shell().get(i));
            Offset b = local.toOffset(shape.shell().get(i + 1));
            double cross = a.east_m() * b.north_m() - b.east_m() * a.north_m();
            twice += cross;
            ee += cross * (a.east_m() * a.east_m() + a.east_m() * b.east_m() + b.east_m() * b.east_m());
            nn += cross * (a.north_m() * a.north_m() + a.north_m() * b.north_m() + b.north_m() * b.north_m());
            en += cross
                    * (a.east_m() * b.north_m()
                            + 2 * a.east_m() * a.north_m()
                            + 2 * b.east_m() * b.north_m()
                            + b.east_m() * a.north_m());
        }
        if (twice == 0) {
            return Place.within(centroid, LEAST_SIGMA_M);
        }
        double least_m2 = LEAST_SIGMA_M * LEAST_SIGMA_M;
        return new Place(
                centroid, new Covariance(ee / (6 * twice) + least_m2, en / (12 * twice), nn / (6 * twice) + least_m2));
    }

    private <T> T found(String what, String id, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("The site %s has no %s '%s'.".formatted(definition.key(), what, id));
        }
        return value;
    }
}
