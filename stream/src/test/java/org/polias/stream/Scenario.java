// SPDX-License-Identifier: Apache-2.0
package org.polias.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import org.polias.model.city.Asset;
import org.polias.model.city.AssetKind;
import org.polias.model.city.Datastream;
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
import org.polias.model.event.SiteEvent;
import org.polias.model.id.AssetId;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.DeviceId;
import org.polias.model.id.SensorId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.ThingId;
import org.polias.model.id.ZoneId;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.IncidentType;
import org.polias.model.observation.Observation;
import org.polias.model.observation.ObservationId;
import org.polias.model.observation.Quality;
import org.polias.model.observation.Result;
import org.polias.model.place.Polygon;
import org.polias.model.place.Position;
import org.polias.model.response.Playbook;
import org.polias.model.response.PlaybookStep;

/** A small square with microphones, a people counter, a gas sensor, a door and a network sensor, and what happens there. */
public final class Scenario {

    public static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final DeviceId DEVICE = new DeviceId("gateway-1");
    private static final Position MIDDLE = new Position(13.3853, 49.7503);

    private Scenario() {}

    /** The definition of a site with this key. */
    public static SiteDefinition definition(SiteKey key) {
        ZoneId square = new ZoneId("square");
        List<Position> ring = List.of(at(-1, -1), at(1, -1), at(1, 1), at(-1, 1), at(-1, -1));
        List<Thing> things = new ArrayList<>();
        List<Sensor> sensors = new ArrayList<>();
        List<Datastream> datastreams = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            add(
                    "mic-" + i,
                    SensorKind.MICROPHONE,
                    ObservedProperty.SOUND_LEVEL,
                    ResultKind.QUANTITY,
                    "dB",
                    i,
                    things,
                    sensors,
                    datastreams);
        }
        add(
                "count-1",
                SensorKind.CAMERA,
                ObservedProperty.PERSON_COUNT,
                ResultKind.COUNT,
                "",
                4,
                things,
                sensors,
                datastreams);
        add(
                "gas-1",
                SensorKind.GAS,
                ObservedProperty.AMMONIA,
                ResultKind.QUANTITY,
                "ppm",
                5,
                things,
                sensors,
                datastreams);
        add(
                "door-1",
                SensorKind.ACCESS,
                ObservedProperty.ACCESS_EVENT,
                ResultKind.EVENT,
                "",
                6,
                things,
                sensors,
                datastreams);
        add(
                "net-1",
                SensorKind.NETWORK,
                ObservedProperty.NETWORK_EVENT,
                ResultKind.EVENT,
                "",
                7,
                things,
                sensors,
                datastreams);
        return new SiteDefinition(
                key,
                new Site(key.site(), "Square", SiteClass.SQUARE, MIDDLE, Optional.empty(), 2000, 2),
                true,
                List.of(new Zone(
                        square, "The square", ZoneKind.SQUARE, Polygon.of(ring), 2000, Optional.of(4.0), 1000)),
                List.of(new Asset(
                        new AssetId("server-1"),
                        "Server",
                        AssetKind.SERVER,
                        MIDDLE,
                        Optional.of(square),
                        2,
                        List.of("10.0.0.5"))),
                things,
                sensors,
                datastreams,
                List.of(),
                IntStream.range(0, IncidentType.values().length)
                        .mapToObj(i -> new Playbook(
                                "playbook-" + i,
                                "What to do",
                                Set.of(IncidentType.values()[i]),
                                CriticalityLevel.NEGLIGIBLE,
                                List.of(new PlaybookStep("operator", "Look at the cameras."))))
                        .toList(),
                List.of(),
                "r1");
    }

    /**
     * {@code seconds} of life at a site: readings and ticks, now and then a bang on all microphones, gas, a forced door, alerts;
     * some observations come twice, late, out of order, or from nobody that is known.
     */
    public static List<SiteEvent> life(SiteKey key, int seconds, long seed) {
        Random random = new Random(seed);
        List<SiteEvent> events = new ArrayList<>();
        events.add(new SiteEvent.Configured(key, START, definition(key)));
        for (int s = 1; s <= seconds; s++) {
            Instant now = START.plusSeconds(s);
            boolean bang = s % 40 == 30;
            boolean gas = s % 90 > 60;
            for (int i = 1; i <= 3; i++) {
                double level = bang ? 105 + random.nextDouble() * 10 : 48 + random.nextGaussian() * 2;
                events.add(observed(key, "mic-" + i, now.plusMillis(10L * i), new Result.Quantity(level)));
            }
            events.add(observed(key, "count-1", now, new Result.Count(800 + random.nextInt(40))));
            events.add(observed(
                    key, "gas-1", now, new Result.Quantity(gas ? 400 + random.nextInt(50) : random.nextDouble())));
            if (s % 50 == 20) {
                events.add(observed(key, "door-1", now, new Result.EventRecord("door.forced", Map.of("door", "d1"))));
            }
            if (s % 7 == 0) {
                events.add(observed(key, "net-1", now, alert(random.nextInt(3) + 1)));
            }
            if (s % 11 == 0) {
                events.add(events.get(events.size() - 2));
                events.add(observed(key, "nobody", now, new Result.Quantity(1)));
            }
            if (s % 13 == 0) {
                events.add(events.get(random.nextInt(1, events.size())));
            }
            if (s == 60) {
                events.add(new SiteEvent.ExerciseBegan(key, now, "drill", "director"));
            }
            if (s == 120) {
                events.add(new SiteEvent.ExerciseEnded(key, now, "drill"));
            }
            events.add(new SiteEvent.Ticked(key, now.plusMillis(900)));
        }
        return events;
    }

    /** An observation whose identity follows from its time and result, as the edge gives it. */
    public static SiteEvent.Observed observed(SiteKey key, String datastream, Instant time, Result result) {
        DatastreamId id = new DatastreamId(datastream);
        return new SiteEvent.Observed(
                key,
                time.plusMillis(50),
                DEVICE,
                new Observation(
                        ObservationId.ofDeviceIdentity(id, time + "/" + result),
                        id,
                        time,
                        result,
                        Quality.GOOD,
                        Optional.empty()));
    }

    private static Result alert(int severity) {
        return new Result.EventRecord(
                "suricata.alert",
                Map.of(
                        "src_ip", "203.0.113.9",
                        "dest_ip", "10.0.0.5",
                        "proto", "TCP",
                        "alert.signature", "ET EXPLOIT something",
                        "alert.signature_id", "2010935",
                        "alert.category", "Attempted Administrator Privilege Gain",
                        "alert.severity", Integer.toString(severity)));
    }

    private static Position at(int east, int north) {
        return new Position(MIDDLE.longitude() + east * 0.0004, MIDDLE.latitude() + north * 0.0003);
    }

    private static void add(
            String name,
            SensorKind kind,
            String property,
            ResultKind result,
            String unit,
            int place,
            List<Thing> things,
            List<Sensor> sensors,
            List<Datastream> datastreams) {
        ThingId thing = new ThingId("thing-" + name);
        SensorId sensor = new SensorId("sensor-" + name);
        things.add(new Thing(
                thing,
                "Thing " + name,
                new Position(MIDDLE.longitude() + place * 0.00005, MIDDLE.latitude()),
                Optional.empty(),
                Optional.empty()));
        sensors.add(new Sensor(sensor, thing, kind, "any", 20));
        boolean series = result != ResultKind.EVENT;
        datastreams.add(new Datastream(
                new DatastreamId(name),
                sensor,
                name,
                property,
                result,
                unit,
                property.equals(ObservedProperty.PERSON_COUNT) ? Optional.of(new ZoneId("square")) : Optional.empty(),
                series ? Optional.of(Duration.ofSeconds(1)) : Optional.empty(),
                series ? Optional.of(new Range(0, 100_000)) : Optional.empty(),
                0,
                Optional.empty(),
                Map.of()));
    }
}
