// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.polias.model.city.Asset;
import org.polias.model.city.AssetKind;
import org.polias.model.city.City;
import org.polias.model.city.Datastream;
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
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Offset;
import org.polias.model.place.Polygon;
import org.polias.model.place.Position;

/** A city with just what the exercises need, at places that are easy to reckon with: positions are metres from its origin. */
public final class TestCity {

    /** Where the world's shooter stands: the meadow's centre is at (-4, 62). */
    static final Offset SHOOTER = new Offset(0, 0);

    private final LocalFrame frame = new LocalFrame(new Position(13.38, 49.75));
    private final List<Zone> zones = new ArrayList<>();
    private final List<Asset> assets = new ArrayList<>();
    private final List<Thing> things = new ArrayList<>();
    private final List<Sensor> sensors = new ArrayList<>();
    private final List<Datastream> streams = new ArrayList<>();

    private TestCity() {}

    public static City city() {
        TestCity city = new TestCity();
        city.zone("park-west", ZoneKind.PARK, -4, 62, 120, 500);
        city.zone("gate-area-f", ZoneKind.GATE_AREA, 150, 60, 18, 150);
        city.zone("gate-area-c", ZoneKind.GATE_AREA, 260, 60, 18, 150);
        city.zone("stand-west", ZoneKind.STAND, 250, 0, 60, 3000);
        city.zone("road", ZoneKind.ROAD, 100, -300, 40, 50);
        city.assets.add(new Asset(
                new AssetId("ammonia-receiver"),
                "Receiver",
                AssetKind.TANK,
                city.at(400, -400),
                Optional.empty(),
                1,
                List.of("10.30.5.11")));
        city.stream(
                "mic-near", "gw-park", SensorKind.MICROPHONE, "sound-level", ResultKind.QUANTITY, 34.3, 0, "", 1, 0.1);
        city.stream(
                "mic-far", "gw-east", SensorKind.MICROPHONE, "sound-level", ResultKind.QUANTITY, 0, 343, "", 1, 0.1);
        city.microphone("mic-heard", "gw-east", 100, 0);
        city.stream(
                "cam-gate",
                "gw-east",
                SensorKind.CAMERA,
                "person-count",
                ResultKind.COUNT,
                150,
                60,
                "gate-area-f",
                5,
                1);
        city.stream(
                "acc-gate-f-events", "gw-east", SensorKind.ACCESS, "access-event", ResultKind.EVENT, 150, 60, "", 0, 0);
        city.stream(
                "acc-gate-c-events", "gw-east", SensorKind.ACCESS, "access-event", ResultKind.EVENT, 260, 60, "", 0, 0);
        city.stream(
                "nids-stadium-eve",
                "nids-stadium",
                SensorKind.NETWORK,
                "network-event",
                ResultKind.EVENT,
                0,
                0,
                "",
                0,
                0);
        city.stream(
                "nids-brewery-eve",
                "nids-brewery",
                SensorKind.NETWORK,
                "network-event",
                ResultKind.EVENT,
                0,
                0,
                "",
                0,
                0);
        city.stream("nh3", "gw-street", SensorKind.GAS, "ammonia", ResultKind.QUANTITY, 300, -300, "", 5, 0.1);
        city.stream("tide", "gw-street", SensorKind.OTHER, "tide", ResultKind.QUANTITY, 0, 0, "", 5, 0.1);
        return city.build();
    }

    private Position at(double east_m, double north_m) {
        return frame.toPosition(new Offset(east_m, north_m));
    }

    private void zone(String id, ZoneKind kind, double east_m, double north_m, double side_m, int people) {
        double h = side_m / 2;
        Polygon shape = Polygon.of(List.of(
                at(east_m - h, north_m - h),
                at(east_m + h, north_m - h),
                at(east_m + h, north_m + h),
                at(east_m - h, north_m + h),
                at(east_m - h, north_m - h)));
        zones.add(new Zone(
                new org.polias.model.id.ZoneId(id), id, kind, shape, side_m * side_m, Optional.of(2.5), people));
    }

    /** A microphone that sends sound, of which the platform makes events and levels. */
    private void microphone(String id, String gateway, double east_m, double north_m) {
        stream(id, gateway, SensorKind.MICROPHONE, "sound-event", ResultKind.EVENT, east_m, north_m, "", 0, 0);
        stream(
                id + "-level",
                gateway,
                SensorKind.MICROPHONE,
                "sound-level",
                ResultKind.QUANTITY,
                east_m,
                north_m,
                "",
                1,
                0.1);
        Datastream heard = streams.get(streams.size() - 2);
        streams.set(
                streams.size() - 2,
                new Datastream(
                        heard.id(),
                        heard.sensor(),
                        heard.name(),
                        heard.property(),
                        heard.resultKind(),
                        heard.unit(),
                        heard.zone(),
                        heard.interval(),
                        heard.plausible(),
                        heard.resolution(),
                        heard.maxLateness(),
                        Map.of("listen.level", id + "-level", "listen.fullScale_dB", "130")));
    }

    private void stream(
            String id,
            String gateway,
            SensorKind kind,
            String property,
            ResultKind result,
            double east_m,
            double north_m,
            String zone,
            int interval_s,
            double resolution) {
        things.add(
                new Thing(new ThingId(id + "-post"), id, at(east_m, north_m), Optional.empty(), Optional.of(gateway)));
        sensors.add(new Sensor(new SensorId(id + "-sensor"), new ThingId(id + "-post"), kind, "", 10));
        streams.add(new Datastream(
                new DatastreamId(id),
                new SensorId(id + "-sensor"),
                id,
                property,
                result,
                "",
                zone.isEmpty() ? Optional.empty() : Optional.of(new org.polias.model.id.ZoneId(zone)),
                interval_s == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(interval_s)),
                Optional.empty(),
                resolution,
                Optional.empty(),
                Map.of()));
    }

    private City build() {
        TenantId tenant = new TenantId("test");
        SiteId id = new SiteId("site");
        Site site = new Site(id, "Site", SiteClass.STADIUM, frame.origin(), Optional.empty(), 1000, 1);
        return new City(
                tenant,
                "Test",
                ZoneId.of("UTC"),
                true,
                List.of(new SiteDefinition(
                        new SiteKey(tenant, id),
                        site,
                        true,
                        zones,
                        assets,
                        things,
                        sensors,
                        streams,
                        List.of(),
                        List.of(),
                        List.of(),
                        "1")));
    }
}
