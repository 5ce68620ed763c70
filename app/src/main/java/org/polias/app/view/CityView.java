// SPDX-License-Identifier: Apache-2.0
package org.polias.app.view;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.polias.model.city.Asset;
import org.polias.model.city.City;
import org.polias.model.city.Datastream;
import org.polias.model.city.ResultKind;
import org.polias.model.city.Sensor;
import org.polias.model.city.SensorKind;
import org.polias.model.city.SiteClass;
import org.polias.model.city.SiteDefinition;
import org.polias.model.city.Thing;
import org.polias.model.city.Zone;
import org.polias.model.id.SensorId;
import org.polias.model.id.ThingId;

/** The city as the console draws it. */
public record CityView(String tenant, String name, String timeZone, boolean simulated, List<SiteView> sites) {

    /** A site with all that is on its map. */
    public record SiteView(
            String id,
            String name,
            SiteClass siteClass,
            double[] origin,
            int expectedPeople,
            Optional<Map<String, Object>> boundary,
            Map<String, Object> zones,
            Map<String, Object> assets,
            List<SensorView> sensors) {}

    /** A sensor where its thing stands. */
    public record SensorView(
            String id,
            SensorKind kind,
            String model,
            String thing,
            String name,
            double[] position,
            double range_m,
            List<DatastreamView> datastreams) {}

    /** A datastream. */
    public record DatastreamView(
            String id,
            String name,
            String property,
            ResultKind resultKind,
            String unit,
            Optional<String> zone,
            Optional<Double> interval_s) {}

    public static CityView of(City city) {
        return new CityView(
                city.tenant().value(),
                city.name(),
                city.timeZone().getId(),
                city.simulated(),
                city.sites().stream().map(CityView::site).toList());
    }

    private static SiteView site(SiteDefinition definition) {
        Map<ThingId, Thing> things =
                definition.things().stream().collect(Collectors.toMap(Thing::id, Function.identity()));
        Map<SensorId, List<Datastream>> datastreams =
                definition.datastreams().stream().collect(Collectors.groupingBy(Datastream::sensor));
        return new SiteView(
                definition.site().id().value(),
                definition.site().name(),
                definition.site().siteClass(),
                GeoJson.coordinates(definition.site().origin()),
                definition.site().expectedPeople(),
                definition.site().boundary().map(GeoJson::polygon),
                GeoJson.collection(
                        definition.zones().stream().map(CityView::zone).toList()),
                GeoJson.collection(
                        definition.assets().stream().map(CityView::asset).toList()),
                definition.sensors().stream()
                        .map(sensor -> sensor(
                                sensor, things.get(sensor.thing()), datastreams.getOrDefault(sensor.id(), List.of())))
                        .toList());
    }

    private static Map<String, Object> zone(Zone zone) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("id", zone.id().value());
        properties.put("name", zone.name());
        properties.put("kind", zone.kind());
        properties.put("safeDensity_per_m2", zone.safeDensity_per_m2());
        properties.put("walkable_m2", zone.walkable_m2());
        return GeoJson.feature(GeoJson.polygon(zone.shape()), properties);
    }

    private static Map<String, Object> asset(Asset asset) {
        return GeoJson.feature(
                GeoJson.point(asset.position()),
                Map.of(
                        "id", asset.id().value(),
                        "name", asset.name(),
                        "kind", asset.kind(),
                        "importance", asset.importance()));
    }

    private static SensorView sensor(Sensor sensor, Thing thing, List<Datastream> datastreams) {
        return new SensorView(
                sensor.id().value(),
                sensor.kind(),
                sensor.model(),
                thing.id().value(),
                thing.name(),
                GeoJson.coordinates(thing.position()),
                sensor.range_m(),
                datastreams.stream().map(CityView::datastream).toList());
    }

    private static DatastreamView datastream(Datastream datastream) {
        return new DatastreamView(
                datastream.id().value(),
                datastream.name(),
                datastream.property(),
                datastream.resultKind(),
                datastream.unit(),
                datastream.zone().map(Object::toString),
                datastream.interval().map(Duration::toMillis).map(millis -> millis / 1000.0));
    }
}
