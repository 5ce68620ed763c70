// SPDX-License-Identifier: Apache-2.0
package org.polias.detect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.polias.model.acoustics.Listening;
import org.polias.model.city.Asset;
import org.polias.model.city.AssetKind;
import org.polias.model.city.CalendarEntry;
import org.polias.model.city.Datastream;
import org.polias.model.city.DetectorSettings;
import org.polias.model.city.ObservedProperty;
import org.polias.model.city.Range;
import org.polias.model.city.ResultKind;
import org.polias.model.city.Sensor;
import org.polias.model.city.SensorKind;
import org.polias.model.city.Site;
import org.polias.model.city.SiteClass;
import org.polias.model.city.SiteDefinition;
import org.polias.model.city.Thing;
import org.polias.model.city.Zone;
import org.polias.model.city.ZoneKind;
import org.polias.model.id.AssetId;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.SensorId;
import org.polias.model.id.SiteId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.model.id.ThingId;
import org.polias.model.id.ZoneId;
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Offset;
import org.polias.model.place.Polygon;
import org.polias.model.place.Position;

/** A site for tests, put together sensor by sensor; each stands 10 m east of the one before. */
public final class TestSite {

    public static final Position ORIGIN = new Position(13.3853, 49.7503);

    private final List<Zone> zones = new ArrayList<>();
    private final List<Asset> assets = new ArrayList<>();
    private final List<Thing> things = new ArrayList<>();
    private final List<Sensor> sensors = new ArrayList<>();
    private final List<Datastream> datastreams = new ArrayList<>();
    private final List<DetectorSettings> settings = new ArrayList<>();
    private final List<CalendarEntry> calendar = new ArrayList<>();

    /** A microphone with a sound level every second. */
    public TestSite microphone(String id) {
        return sensor(id, SensorKind.MICROPHONE, ObservedProperty.SOUND_LEVEL, ResultKind.QUANTITY, "dB(A)", 1, 50);
    }

    /** A microphone whose edge tells sounds apart, so many metres east and north of the origin. */
    public TestSite ear(String id, double east_m, double north_m) {
        things.add(new Thing(
                new ThingId(id + "-thing"),
                "Thing " + id,
                new LocalFrame(ORIGIN).toPosition(new Offset(east_m, north_m)),
                Optional.empty(),
                Optional.empty()));
        sensors.add(new Sensor(
                new SensorId(id + "-sensor"), new ThingId(id + "-thing"), SensorKind.MICROPHONE, "test", 50));
        datastreams.add(datastream(id, ObservedProperty.SOUND_EVENT, ResultKind.EVENT, "", Optional.empty(), 0));
        return this;
    }

    /** A microphone whose sound is listened to, with a datastream {@code id-level} for the levels that come of it. */
    public TestSite earWithLevels(String id) {
        ear(id, 0, 0);
        Datastream events = datastreams.removeLast();
        datastreams.add(new Datastream(
                events.id(),
                events.sensor(),
                events.name(),
                events.property(),
                events.resultKind(),
                events.unit(),
                events.zone(),
                events.interval(),
                events.plausible(),
                events.resolution(),
                events.maxLateness(),
                Map.of(Listening.LEVEL, id + "-level")));
        datastreams.add(new Datastream(
                new DatastreamId(id + "-level"),
                events.sensor(),
                "Datastream " + id + "-level",
                ObservedProperty.SOUND_LEVEL,
                ResultKind.QUANTITY,
                "dB(A)",
                Optional.empty(),
                Optional.of(Duration.ofSeconds(1)),
                Optional.empty(),
                0,
                Optional.empty(),
                Map.of()));
        return this;
    }

    /** Something that the city's calendar has. */
    public TestSite calendar(CalendarEntry entry) {
        calendar.add(entry);
        return this;
    }

    /** A gas sensor that reports ammonia every ten seconds. */
    public TestSite ammonia(String id) {
        return sensor(id, SensorKind.GAS, ObservedProperty.AMMONIA, ResultKind.QUANTITY, "ppm", 10, 15);
    }

    /** A thermometer that reports every minute, in steps of 0.1 degrees, plausibly from -40 to 60. */
    public TestSite thermometer(String id) {
        place(id, SensorKind.WEATHER, 100, Optional.empty(), Optional.empty());
        datastreams.add(new Datastream(
                new DatastreamId(id),
                new SensorId(id + "-sensor"),
                "Thermometer " + id,
                ObservedProperty.AIR_TEMPERATURE,
                ResultKind.QUANTITY,
                "Cel",
                Optional.empty(),
                Optional.of(Duration.ofMinutes(1)),
                Optional.of(new Range(-40, 60)),
                0.1,
                Optional.empty(),
                Map.of()));
        return this;
    }

    /** A camera that counts people in a zone every five seconds. */
    public TestSite camera(String id, String zone) {
        place(id, SensorKind.CAMERA, 20, Optional.empty(), Optional.empty());
        datastreams.add(
                datastream(id, ObservedProperty.PERSON_COUNT, ResultKind.COUNT, "", Optional.of(new ZoneId(zone)), 5));
        return this;
    }

    /** A door controller at an asset. */
    public TestSite door(String id, String asset) {
        place(id, SensorKind.ACCESS, 3, Optional.of(new AssetId(asset)), Optional.empty());
        datastreams.add(datastream(id, ObservedProperty.ACCESS_EVENT, ResultKind.EVENT, "", Optional.empty(), 0));
        return this;
    }

    /** A network sensor. */
    public TestSite network(String id) {
        return sensor(id, SensorKind.NETWORK, ObservedProperty.NETWORK_EVENT, ResultKind.EVENT, "", 0, 200);
    }

    /** A microphone that is connected by a gateway. */
    public TestSite microphoneAt(String id, String gateway) {
        place(id, SensorKind.MICROPHONE, 50, Optional.empty(), Optional.of(gateway));
        datastreams.add(
                datastream(id, ObservedProperty.SOUND_LEVEL, ResultKind.QUANTITY, "dB(A)", Optional.empty(), 1));
        return this;
    }

    /** A square zone, 20 m wide, with 400 square metres to walk on. */
    public TestSite zone(String id, double safeDensity_per_m2) {
        LocalFrame frame = new LocalFrame(ORIGIN);
        Position corner = frame.toPosition(new Offset(0, 0));
        zones.add(new Zone(
                new ZoneId(id),
                "Zone " + id,
                ZoneKind.GATE_AREA,
                Polygon.of(List.of(
                        corner,
                        frame.toPosition(new Offset(20, 0)),
                        frame.toPosition(new Offset(20, 20)),
                        frame.toPosition(new Offset(0, 20)),
                        corner)),
                400,
                Optional.of(safeDensity_per_m2),
                500));
        return this;
    }

    public TestSite asset(String id, String... addresses) {
        assets.add(new Asset(
                new AssetId(id),
                "Asset " + id,
                AssetKind.OTHER,
                new LocalFrame(ORIGIN).toPosition(new Offset(100, 10.0 * assets.size())),
                Optional.empty(),
                1,
                List.of(addresses)));
        return this;
    }

    /** Settings of a detector for all its subjects: names and values in turn. */
    public TestSite set(String detector, String... parameters) {
        return setFor(Set.of(), detector, parameters);
    }

    /** Settings of a detector for some subjects. */
    public TestSite setFor(Set<String> subjects, String detector, String... parameters) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            values.put(parameters[i], parameters[i + 1]);
        }
        settings.add(new DetectorSettings(detector, subjects, values));
        return this;
    }

    public TestSite sensor(
            String id,
            SensorKind kind,
            String property,
            ResultKind result,
            String unit,
            int interval_s,
            double range_m) {
        place(id, kind, range_m, Optional.empty(), Optional.empty());
        datastreams.add(datastream(id, property, result, unit, Optional.empty(), interval_s));
        return this;
    }

    public SiteDefinition definition() {
        return new SiteDefinition(
                new SiteKey(new TenantId("pilsen"), new SiteId("stadium")),
                new Site(new SiteId("stadium"), "Stadium", SiteClass.STADIUM, ORIGIN, Optional.empty(), 15_000, 3),
                true,
                zones,
                assets,
                things,
                sensors,
                datastreams,
                settings,
                List.of(),
                calendar,
                "r1");
    }

    private void place(String id, SensorKind kind, double range_m, Optional<AssetId> asset, Optional<String> gateway) {
        Position position = new LocalFrame(ORIGIN).toPosition(new Offset(10.0 * things.size(), 0));
        things.add(new Thing(new ThingId(id + "-thing"), "Thing " + id, position, asset, gateway));
        sensors.add(new Sensor(new SensorId(id + "-sensor"), new ThingId(id + "-thing"), kind, "test", range_m));
    }

    private static Datastream datastream(
            String id, String property, ResultKind result, String unit, Optional<ZoneId> zone, int interval_s) {
        return new Datastream(
                new DatastreamId(id),
                new SensorId(id + "-sensor"),
                "Datastream " + id,
                property,
                result,
                unit,
                zone,
                interval_s == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(interval_s)),
                Optional.empty(),
                0,
                Optional.empty(),
                Map.of());
    }
}
