// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.polias.model.acoustics.Listening;
import org.polias.model.city.Asset;
import org.polias.model.city.City;
import org.polias.model.city.Datastream;
import org.polias.model.city.Sensor;
import org.polias.model.city.SiteDefinition;
import org.polias.model.city.Thing;
import org.polias.model.city.Zone;
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Offset;
import org.polias.model.place.Position;

/** What is where in a city, in one frame of metres for all of its sites: the origin is that of the first. */
final class Places {

    private final LocalFrame frame;
    private final List<Zone> zones = new ArrayList<>();
    private final Map<String, Zone> zonesById = new HashMap<>();
    private final Map<String, Asset> assetsById = new HashMap<>();
    private final List<Post> posts = new ArrayList<>();

    Places(City city) {
        if (city.sites().isEmpty()) {
            throw new IllegalArgumentException("The city %s has no sites.".formatted(city.name()));
        }
        frame = new LocalFrame(city.sites().getFirst().site().origin());
        for (SiteDefinition site : city.sites()) {
            for (Zone zone : site.zones()) {
                zones.add(zone);
                zonesById.put(zone.id().value(), zone);
            }
            site.assets().forEach(asset -> assetsById.put(asset.id().value(), asset));
            addPosts(site);
        }
    }

    private void addPosts(SiteDefinition site) {
        Map<String, Thing> things = new HashMap<>();
        site.things().forEach(thing -> things.put(thing.id().value(), thing));
        Map<String, Sensor> sensors = new HashMap<>();
        site.sensors().forEach(sensor -> sensors.put(sensor.id().value(), sensor));
        for (Datastream stream : site.datastreams()) {
            Sensor sensor = sensors.get(stream.sensor().value());
            Thing thing = sensor == null ? null : things.get(sensor.thing().value());
            if (thing == null) {
                throw new IllegalArgumentException(
                        "The datastream '%s' has no sensor on a thing.".formatted(stream.id()));
            }
            posts.add(new Post(site, stream, thing, offset(thing.position())));
        }
    }

    Offset offset(Position position) {
        return frame.toOffset(position);
    }

    Position position(Offset offset) {
        return frame.toPosition(offset);
    }

    Offset centre(Zone zone) {
        return offset(zone.shape().centroid());
    }

    List<Zone> listZones() {
        return zones;
    }

    Optional<Zone> findZone(String id) {
        return Optional.ofNullable(zonesById.get(id));
    }

    Optional<Offset> findAsset(String id) {
        return Optional.ofNullable(assetsById.get(id)).map(asset -> offset(asset.position()));
    }

    boolean hasDatastream(String id) {
        return posts.stream().anyMatch(post -> post.stream.id().value().equals(id));
    }

    /** Whether this is a level that the platform itself makes of a microphone's sound. */
    boolean isHeardElsewhere(Post level) {
        return posts.stream().anyMatch(post -> Listening.findLevels(post.stream)
                .filter(level.stream.id()::equals)
                .isPresent());
    }

    List<Post> listPosts() {
        return posts;
    }

    /** A datastream and where its sensor stands. */
    record Post(SiteDefinition site, Datastream stream, Thing thing, Offset at) {

        String id() {
            return stream.id().value();
        }
    }
}
