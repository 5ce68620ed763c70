// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.polias.model.city.Asset;
import org.polias.model.city.AssetKind;
import org.polias.model.city.Datastream;
import org.polias.model.city.ObservedProperty;
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

/**
 * A small site on which stories are told, metres east and north of its origin: a square kilometre with a park (0..200, 0..200),
 * a fan zone (300..400, 0..100), a door, a server, and microphones, counting cameras, gas sensors and a network sensor.
 */
public final class Town {

    public static final SiteKey KEY = new SiteKey(new TenantId("town"), new SiteId("centre"));
    public static final Position ORIGIN = new Position(13.38, 49.75);
    public static final LocalFrame FRAME = new LocalFrame(ORIGIN);

    private Town() {}

    /** The town on an ordinary street. */
    public static SiteDefinition definition() {
        return definition(SiteClass.STREET, "1");
    }

    /** The town as another kind of place. */
    public static SiteDefinition definition(SiteClass siteClass, String revision) {
        List<Thing> things = new ArrayList<>();
        List<Sensor> sensors = new ArrayList<>();
        List<Datastream> datastreams = new ArrayList<>();
        add("mic-1", SensorKind.MICROPHONE, 50, 50, 120, Optional.empty(), things, sensors, datastreams);
        add("mic-2", SensorKind.MICROPHONE, 150, 50, 120, Optional.empty(), things, sensors, datastreams);
        add("mic-3", SensorKind.MICROPHONE, 100, 150, 120, Optional.empty(), things, sensors, datastreams);
        add("mic-4", SensorKind.MICROPHONE, 100, 100, 120, Optional.of("gw-1"), things, sensors, datastreams);
        add("mic-5", SensorKind.MICROPHONE, 120, 100, 120, Optional.of("gw-1"), things, sensors, datastreams);
        add("mic-far", SensorKind.MICROPHONE, -1500, -1500, 120, Optional.empty(), things, sensors, datastreams);
        add("cam-1", SensorKind.CAMERA, 350, 50, 40, Optional.empty(), things, sensors, datastreams);
        add("gas-1", SensorKind.GAS, 500, 50, 60, Optional.empty(), things, sensors, datastreams);
        add("gas-2", SensorKind.GAS, 560, 90, 60, Optional.empty(), things, sensors, datastreams);
        add("door-1", SensorKind.ACCESS, -100, 0, 5, Optional.empty(), things, sensors, datastreams);
        add("ids-1", SensorKind.NETWORK, -100, 20, 2000, Optional.empty(), things, sensors, datastreams);
        return new SiteDefinition(
                KEY,
                new Site(
                        KEY.site(),
                        "Town centre",
                        siteClass,
                        ORIGIN,
                        Optional.of(rectangle(-500, -500, 500, 500)),
                        5000,
                        1),
                true,
                List.of(
                        new Zone(
                                new ZoneId("park"),
                                "Town park",
                                ZoneKind.PARK,
                                rectangle(0, 0, 200, 200),
                                40_000,
                                Optional.empty(),
                                1000),
                        new Zone(
                                new ZoneId("fan-zone"),
                                "Fan zone",
                                ZoneKind.SQUARE,
                                rectangle(300, 0, 400, 100),
                                8_000,
                                Optional.of(2.0),
                                3000)),
                List.of(
                        asset("gate-3", "Service gate 3", AssetKind.DOOR, -100, 0, 1),
                        asset("tickets", "Ticket server", AssetKind.SERVER, -100, 20, 5)),
                things,
                sensors,
                datastreams,
                List.of(),
                List.of(),
                List.of(),
                revision);
    }

    /** The point that lies {@code east_m}, {@code north_m} from the origin. */
    public static Position at(double east_m, double north_m) {
        return FRAME.toPosition(new Offset(east_m, north_m));
    }

    private static Asset asset(String id, String name, AssetKind kind, double east, double north, double importance) {
        return new Asset(new AssetId(id), name, kind, at(east, north), Optional.empty(), importance, List.of());
    }

    private static Polygon rectangle(double west, double south, double east, double north) {
        return Polygon.of(List.of(at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)));
    }

    private static void add(
            String id,
            SensorKind kind,
            double east,
            double north,
            double range,
            Optional<String> gateway,
            List<Thing> things,
            List<Sensor> sensors,
            List<Datastream> datastreams) {
        things.add(new Thing(new ThingId("thing-" + id), id, at(east, north), Optional.empty(), gateway));
        sensors.add(new Sensor(new SensorId("sensor-" + id), new ThingId("thing-" + id), kind, "test", range));
        datastreams.add(new Datastream(
                new DatastreamId(id),
                new SensorId("sensor-" + id),
                id,
                ObservedProperty.SOUND_LEVEL,
                ResultKind.QUANTITY,
                "",
                Optional.empty(),
                kind == SensorKind.ACCESS || kind == SensorKind.NETWORK
                        ? Optional.empty()
                        : Optional.of(Duration.ofSeconds(1)),
                Optional.empty(),
                0,
                Optional.empty(),
                Map.of()));
    }
}
