// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.cityday;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

import org.polias.model.city.Datastream;
import org.polias.model.city.ResultKind;
import org.polias.model.city.Sensor;
import org.polias.model.city.SensorKind;
import org.polias.model.city.Site;
import org.polias.model.city.SiteClass;
import org.polias.model.city.SiteDefinition;
import org.polias.model.city.Thing;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.EntityRef;
import org.polias.model.detection.Evidence;
import org.polias.model.detection.Phase;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.DetectionId;
import org.polias.model.id.SensorId;
import org.polias.model.id.SiteId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.model.id.ThingId;
import org.polias.model.incident.IncidentType;
import org.polias.model.observation.ObservationId;
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Offset;
import org.polias.model.place.Place;
import org.polias.model.place.Position;

/**
 * Invents a day of a city: what happens, and what its sensors make of it. It is written from how things happen and how sensors err, and
 * knows nothing of how detections are fused: what sensors say has its own distributions, each sensor over- or understates what it weighs,
 * reports come late, twice, out of order, or from sensors that lie.
 *
 * <p>Loudness falls with distance and shots are heard with a probability that does; a gas drifts with the wind; a crowd thickens from place to
 * place; an intruder walks from a blinded camera to a door and then is in the network; an attacker walks and shoots; fireworks are heard as
 * what they are, mostly.
 */
public final class CityDay {

    private static final TenantId TENANT = new TenantId("city");
    private static final Instant BEGINS = Instant.parse("2026-06-06T00:00:00Z");
    private static final Position ORIGIN = new Position(13.38, 49.75);
    private static final double SITES_APART_M = 3000;
    private static final double SITE_RADIUS_M = 300;

    private final DaySettings settings;
    private final SplittableRandom random;
    private final List<Town> towns = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();
    private final List<Truth> truths = new ArrayList<>();
    private int addresses;

    private CityDay(DaySettings settings) {
        this.settings = settings;
        random = new SplittableRandom(settings.seed() * 0x9E3779B97F4A7C15L + 1);
    }

    /** Invents a day. */
    public static Day of(DaySettings settings) {
        return new CityDay(settings).invent();
    }

    // --- The city ---

    /** What a sensor can tell of. */
    private enum Sense {
        EAR(SensorKind.MICROPHONE, 150),
        EYE(SensorKind.CAMERA, 40),
        NOSE(SensorKind.GAS, 60),
        DOOR(SensorKind.ACCESS, 5),
        WIRE(SensorKind.NETWORK, 1500),
        METER(SensorKind.WEATHER, 60);

        private final SensorKind kind;
        private final double range_m;

        Sense(SensorKind kind, double range_m) {
            this.kind = kind;
            this.range_m = range_m;
        }
    }

    /**
     * A sensor.
     *
     * @param overstates by what its log-likelihood ratios are multiplied
     * @param falseAlarmsADay how often it claims what is not
     */
    private record Device(
            String id,
            Sense sense,
            Offset at,
            String gateway,
            double overstates,
            double falseAlarmsADay,
            boolean lies) {}

    private record Town(SiteDefinition definition, LocalFrame frame, List<Device> devices, double wind_rad) {
        List<Device> of(Sense sense) {
            return devices.stream().filter(device -> device.sense == sense).toList();
        }
    }

    private record Truth(String id, Town town, IncidentType type, Instant begins, Instant ends, Offset at) {}

    /** A claim, and what caused it. */
    private record Said(Detection detection, Optional<String> truth, int order) {}

    private Day invent() {
        for (int i = 0; i < settings.sites(); i++) {
            towns.add(town(i));
        }
        happen();
        for (Town town : towns) {
            err(town);
            lie(town);
        }
        said.sort(Comparator.comparing((Said one) -> one.detection.knownAt()).thenComparingInt(Said::order));
        Map<String, List<DetectionId>> caused = new TreeMap<>();
        Set<String> seen = new TreeSet<>();
        List<Detection> detections = new ArrayList<>();
        for (Said one : said) {
            detections.add(one.detection);
            if (one.truth.isPresent()
                    && seen.add(one.detection.site().text() + one.detection.id().value())) {
                caused.computeIfAbsent(one.truth.get(), _ -> new ArrayList<>()).add(one.detection.id());
            }
        }
        Set<String> liars = new TreeSet<>();
        for (Town town : towns) {
            town.devices.stream()
                    .filter(Device::lies)
                    .forEach(device -> liars.add(Day.nameOf(town.definition, new SensorId(device.id))));
        }
        return new Day(
                BEGINS,
                towns.stream().map(Town::definition).toList(),
                detections,
                truths.stream()
                        .filter(truth -> caused.containsKey(truth.id))
                        .map(truth -> new Happening(
                                truth.id,
                                truth.town.definition.key(),
                                truth.type,
                                truth.begins,
                                truth.ends,
                                truth.town.frame.toPosition(truth.at),
                                caused.get(truth.id)))
                        .toList(),
                liars);
    }

    private Town town(int number) {
        int across = (int) Math.ceil(Math.sqrt(settings.sites()));
        Position origin = new LocalFrame(ORIGIN)
                .toPosition(new Offset(SITES_APART_M * (number % across), SITES_APART_M * (number / across)));
        LocalFrame frame = new LocalFrame(origin);
        SiteKey key = new SiteKey(TENANT, new SiteId("site-%02d".formatted(number)));
        List<Device> devices = new ArrayList<>();
        int gateways = 3 + random.nextInt(4);
        add(devices, Sense.EAR, 8 + random.nextInt(9), gateways);
        add(devices, Sense.EYE, 8 + random.nextInt(9), gateways);
        add(devices, Sense.NOSE, 5 + random.nextInt(6), gateways);
        add(devices, Sense.DOOR, 4 + random.nextInt(7), gateways);
        add(devices, Sense.WIRE, 1 + random.nextInt(2), gateways);
        add(devices, Sense.METER, 3 + random.nextInt(4), gateways);
        List<Thing> things = new ArrayList<>();
        List<Sensor> sensors = new ArrayList<>();
        List<Datastream> datastreams = new ArrayList<>();
        for (Device device : devices) {
            things.add(new Thing(
                    new ThingId("thing-" + device.id),
                    device.id,
                    frame.toPosition(device.at),
                    Optional.empty(),
                    Optional.of(device.gateway)));
            sensors.add(new Sensor(
                    new SensorId(device.id),
                    new ThingId("thing-" + device.id),
                    device.sense.kind,
                    "invented",
                    device.sense.range_m));
            datastreams.add(new Datastream(
                    new DatastreamId(device.id),
                    new SensorId(device.id),
                    device.id,
                    "events",
                    ResultKind.EVENT,
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    Optional.empty(),
                    device.sense == Sense.EAR
                            ? Map.of(
                                    "fusion.reports",
                                    "acoustic.impulse,acoustic.gunshot,acoustic.explosion,acoustic.firework")
                            : Map.of()));
        }
        SiteClass[] classes = SiteClass.values();
        SiteDefinition definition = new SiteDefinition(
                key,
                new Site(
                        key.site(),
                        "Site " + number,
                        classes[random.nextInt(classes.length)],
                        origin,
                        Optional.empty(),
                        (int) Math.round(StrictMath.exp(6 + 4 * random.nextDouble())),
                        1),
                true,
                List.of(),
                List.of(),
                things,
                sensors,
                datastreams,
                List.of(),
                List.of(),
                List.of(),
                "1");
        return new Town(definition, frame, List.copyOf(devices), 2 * Math.PI * random.nextDouble());
    }

    private void add(List<Device> devices, Sense sense, int count, int gateways) {
        for (int i = 0; i < count; i++) {
            Offset at = anywhere(SITE_RADIUS_M);
            // Who stands near hangs on the same gateway.
            int gateway = (int) (gateways * (StrictMath.atan2(at.north_m(), at.east_m()) + Math.PI) / (2 * Math.PI));
            devices.add(new Device(
                    "%s-%d".formatted(sense.name().toLowerCase(Locale.ROOT), i),
                    sense,
                    at,
                    "gw-" + Math.min(gateways - 1, gateway),
                    StrictMath.exp(0.25 * normal()),
                    sense == Sense.WIRE ? StrictMath.exp(2 + normal() * 0.5) : StrictMath.exp(-0.5 + 0.8 * normal()),
                    random.nextDouble() < settings.liars()));
        }
    }

    // --- What happens ---

    private void happen() {
        double hours = settings.hours();
        double meanHours = 0.3;
        // A busy hour or two with so many at once, and a tenth of that for the rest of the day.
        double busyFrom = hours * (0.3 + 0.4 * random.nextDouble());
        double busyHours = Math.min(2, hours / 3);
        double atOnce = settings.peak() * Math.min(1, settings.prevalence() * 1.2);
        double busyRate = atOnce / meanHours;
        double calmRate = settings.sites() * 0.1 * settings.prevalence();
        double at = 0;
        while (at < hours - 0.7) {
            boolean busy = at >= busyFrom && at < busyFrom + busyHours;
            at += -StrictMath.log(1 - random.nextDouble()) / (busy ? busyRate + calmRate : calmRate);
            if (!busy && at > busyFrom && at < busyFrom + busyHours) {
                at = Math.max(busyFrom, at - busyHours * random.nextDouble());
            }
            if (at < hours - 0.7) {
                one(BEGINS.plusMillis((long) (at * 3_600_000)));
            }
        }
    }

    private void one(Instant at) {
        IncidentType type = anything();
        for (int attempt = 0; attempt < 8; attempt++) {
            Town town = towns.get(random.nextInt(towns.size()));
            if (isFree(town, type, at)) {
                begin(type, town, at);
                return;
            }
        }
    }

    private IncidentType anything() {
        double dice = random.nextDouble();
        if (dice < 0.12) {
            return IncidentType.ARMED_ATTACK;
        } else if (dice < 0.27) {
            return IncidentType.HARMLESS_NOISE;
        } else if (dice < 0.42) {
            return IncidentType.CROWD_CRUSH;
        } else if (dice < 0.54) {
            return IncidentType.TOXIC_RELEASE;
        } else if (dice < 0.68) {
            return IncidentType.INTRUSION;
        } else if (dice < 0.80) {
            return IncidentType.CYBER_ATTACK;
        } else if (dice < 0.88) {
            return IncidentType.SABOTAGE;
        }
        return IncidentType.TECHNICAL_FAULT;
    }

    /**
     * Whether nothing of the kind goes on at a site: two of one kind within three hundred metres are one to everybody there, and shots during
     * fireworks are rare, though they happen.
     */
    private boolean isFree(Town town, IncidentType type, Instant at) {
        boolean loud = type == IncidentType.ARMED_ATTACK || type == IncidentType.HARMLESS_NOISE;
        boolean together = random.nextDouble() < 0.1;
        for (Truth truth : truths) {
            if (truth.town == town && truth.ends.plusSeconds(1200).isAfter(at)) {
                boolean alsoLoud = truth.type == IncidentType.ARMED_ATTACK || truth.type == IncidentType.HARMLESS_NOISE;
                if (truth.type == type || loud && alsoLoud && !together) {
                    return false;
                }
            }
        }
        return true;
    }

    private void begin(IncidentType type, Town town, Instant at) {
        switch (type) {
            case ARMED_ATTACK -> attack(town, at);
            case HARMLESS_NOISE -> fireworks(town, at);
            case CROWD_CRUSH -> crush(town, at);
            case TOXIC_RELEASE -> gas(town, at);
            case INTRUSION -> intrusion(town, at);
            case CYBER_ATTACK -> cyber(town, at);
            case SABOTAGE -> sabotage(town, at);
            case TECHNICAL_FAULT -> fault(town, at);
        }
    }

    private Truth truth(Town town, IncidentType type, Instant begins, Duration lasts, Offset at) {
        Truth truth = new Truth("T-" + truths.size(), town, type, begins, begins.plus(lasts), at);
        truths.add(truth);
        return truth;
    }

    /** Someone walks and shoots; people scream and run. */
    private void attack(Town town, Instant begins) {
        double lasts_s = 120 + 300 * random.nextDouble();
        Offset at = anywhere(SITE_RADIUS_M * 0.8);
        Truth truth = truth(town, IncidentType.ARMED_ATTACK, begins, seconds(lasts_s), at);
        double heading = 2 * Math.PI * random.nextDouble();
        double t = 0;
        while (t < lasts_s) {
            Offset here = moved(at, heading, Math.min(150, 1.2 * t));
            int shots = 1 + random.nextInt(6);
            for (int i = 0; i < shots; i++) {
                bang(truth, here, t + 0.3 * i, 0.72, 0.25, 0.03, 6, 190);
            }
            for (Device ear : town.of(Sense.EAR)) {
                if (distance(ear.at, here) < 90 && random.nextDouble() < 0.6) {
                    say(truth, ear, DetectionType.SCREAM, t + 2 + 10 * random.nextDouble(), Phase.MOMENT, here, 60, 3);
                }
            }
            for (Device eye : town.of(Sense.EYE)) {
                double d = distance(eye.at, here);
                if (d > 40 && d < 150 && random.nextDouble() < 0.25) {
                    say(
                            truth,
                            eye,
                            DetectionType.CROWD_DENSITY,
                            t + 15 + 20 * random.nextDouble(),
                            Phase.MOMENT,
                            eye.at,
                            25,
                            3);
                }
            }
            t += 4 + 20 * random.nextDouble();
        }
    }

    /** What ears make of a bang: a shot, something sudden, a firework. */
    private void bang(
            Truth truth,
            Offset here,
            double t,
            double asShot,
            double asImpulse,
            double asFirework,
            double llr,
            double carries_m) {
        for (Device ear : truth.town.of(Sense.EAR)) {
            double d = distance(ear.at, here);
            if (random.nextDouble() < 0.97 * StrictMath.exp(-d * d / (2 * carries_m * carries_m))) {
                double dice = random.nextDouble();
                DetectionType type = dice < asShot
                        ? DetectionType.GUNSHOT
                        : dice < asShot + asImpulse
                                ? DetectionType.IMPULSE_NOISE
                                : dice < asShot + asImpulse + asFirework
                                        ? DetectionType.FIREWORK
                                        : DetectionType.EXPLOSION;
                say(truth, ear, type, t + d / 340, Phase.MOMENT, ear.at, 120, llr);
            }
        }
    }

    private void fireworks(Town town, Instant begins) {
        double lasts_s = 60 + 600 * random.nextDouble();
        Offset at = anywhere(SITE_RADIUS_M);
        Truth truth = truth(town, IncidentType.HARMLESS_NOISE, begins, seconds(lasts_s), at);
        double t = 0;
        while (t < lasts_s) {
            bang(truth, at, t, 0.03, 0.3, 0.66, 5, 220);
            t += 0.5 + 8 * random.nextDouble();
        }
    }

    /** A crowd thickens, and then next to it. */
    private void crush(Town town, Instant begins) {
        double lasts_s = 300 + 900 * random.nextDouble();
        Offset at = anywhere(SITE_RADIUS_M * 0.8);
        Truth truth = truth(town, IncidentType.CROWD_CRUSH, begins, seconds(lasts_s), at);
        for (Device eye : town.of(Sense.EYE)) {
            double d = distance(eye.at, at);
            double from = d < 70 ? 0 : (d - 70) * 4;
            if (d < 160 && from < lasts_s - 60) {
                double t = from;
                boolean first = true;
                while (t < lasts_s) {
                    say(
                            truth,
                            eye,
                            DetectionType.CROWD_DENSITY,
                            t,
                            first ? Phase.BEGIN : Phase.UPDATE,
                            eye.at,
                            25,
                            4.5);
                    first = false;
                    t += 4 + 3 * random.nextDouble();
                }
                say(truth, eye, DetectionType.CROWD_DENSITY, t, Phase.END, eye.at, 25, 0);
            }
        }
        for (Device ear : town.of(Sense.EAR)) {
            if (distance(ear.at, at) < 80) {
                for (double t = 30 + 60 * random.nextDouble(); t < lasts_s; t += 20 + 60 * random.nextDouble()) {
                    say(truth, ear, DetectionType.SCREAM, t, Phase.MOMENT, ear.at, 60, 2.5);
                }
            }
        }
    }

    /** A cloud that drifts with the wind and thins out. */
    private void gas(Town town, Instant begins) {
        double lasts_s = 400 + 1000 * random.nextDouble();
        Offset at = anywhere(SITE_RADIUS_M * 0.7);
        Truth truth = truth(town, IncidentType.TOXIC_RELEASE, begins, seconds(lasts_s), at);
        double speed = 1 + 2 * random.nextDouble();
        double wx = StrictMath.cos(town.wind_rad);
        double wy = StrictMath.sin(town.wind_rad);
        for (Device nose : town.of(Sense.NOSE)) {
            double dx = nose.at.east_m() - at.east_m();
            double dy = nose.at.north_m() - at.north_m();
            double along = dx * wx + dy * wy;
            double aside = Math.abs(dx * wy - dy * wx);
            double width = 30 + 0.35 * Math.max(0, along);
            if (along > -30 && along < 320 && aside < width) {
                double arrives = Math.max(0, along) / speed;
                say(truth, nose, DetectionType.GAS_RATE, arrives, Phase.MOMENT, nose.at, 60, 4);
                double t = arrives + 6 * random.nextDouble();
                boolean first = true;
                while (t < lasts_s) {
                    say(truth, nose, DetectionType.GAS_LEVEL, t, first ? Phase.BEGIN : Phase.UPDATE, nose.at, 60, 5.5);
                    first = false;
                    t += 4 + 2 * random.nextDouble();
                }
                say(truth, nose, DetectionType.GAS_LEVEL, t, Phase.END, nose.at, 60, 0);
            }
        }
    }

    /** A camera is blinded, a door forced, and then someone is in the network. */
    private void intrusion(Town town, Instant begins) {
        double lasts_s = 200 + 600 * random.nextDouble();
        List<Device> doors = town.of(Sense.DOOR);
        Device door = doors.get(random.nextInt(doors.size()));
        Truth truth = truth(town, IncidentType.INTRUSION, begins, seconds(lasts_s), door.at);
        for (Device eye : town.of(Sense.EYE)) {
            if (distance(eye.at, door.at) < 60) {
                say(truth, eye, DetectionType.SENSOR_SILENT, 20 * random.nextDouble(), Phase.BEGIN, eye.at, 30, 3);
            }
        }
        int tries = 3 + random.nextInt(20);
        String card = "card-" + random.nextInt(100_000);
        for (int i = 0; i < tries; i++) {
            say(
                    truth,
                    door,
                    DetectionType.ACCESS_REFUSED,
                    25 + 6 * i,
                    Phase.MOMENT,
                    door.at,
                    8,
                    3,
                    new EntityRef(EntityRef.CREDENTIAL, card));
        }
        double forced = 30 + 6 * tries;
        for (int i = 0; i < 4 + random.nextInt(30); i++) {
            say(truth, door, DetectionType.DOOR_FORCED, forced + 5 * i, Phase.MOMENT, door.at, 8, 5);
        }
        if (random.nextDouble() < 0.5) {
            Device wire = town.of(Sense.WIRE).getFirst();
            String address = "10.%d.%d.%d".formatted(random.nextInt(250), random.nextInt(250), random.nextInt(250));
            for (int i = 0; i < 20; i++) {
                say(
                        truth,
                        wire,
                        DetectionType.NETWORK_ALERT,
                        forced + 60 + 4 * i,
                        Phase.MOMENT,
                        wire.at,
                        1500,
                        3,
                        new EntityRef(EntityRef.IP, address),
                        new EntityRef(EntityRef.CREDENTIAL, card));
            }
        }
    }

    /** A campaign against one to three sites from one address. */
    private void cyber(Town first, Instant begins) {
        int count = random.nextDouble() < 0.3 ? 2 + random.nextInt(2) : 1;
        String address = "203.0.%d.%d".formatted(113 + addresses / 250, addresses++ % 250);
        for (int i = 0; i < count; i++) {
            Town town = i == 0 ? first : towns.get(random.nextInt(towns.size()));
            if (i > 0 && !isFree(town, IncidentType.CYBER_ATTACK, begins)) {
                continue;
            }
            double lasts_s = 300 + 1200 * random.nextDouble();
            Device wire = town.of(Sense.WIRE).getFirst();
            Truth truth =
                    truth(town, IncidentType.CYBER_ATTACK, begins.plusSeconds(60L * i), seconds(lasts_s), wire.at);
            int signatures = 2 + random.nextInt(4);
            int signature = random.nextInt(100_000);
            for (double t = 0; t < lasts_s; t += 1 + 4 * random.nextDouble()) {
                say(
                        truth,
                        wire,
                        DetectionType.NETWORK_ALERT,
                        t,
                        Phase.MOMENT,
                        wire.at,
                        1500,
                        3.5,
                        new EntityRef(EntityRef.IP, address),
                        new EntityRef(EntityRef.SIGNATURE, "sid-" + (signature + random.nextInt(signatures))));
            }
            say(
                    truth,
                    wire,
                    DetectionType.NETWORK_ALERT_BURST,
                    30,
                    Phase.MOMENT,
                    wire.at,
                    1500,
                    4,
                    new EntityRef(EntityRef.IP, address));
        }
    }

    /** A gateway is cut: everything behind it falls silent. */
    private void sabotage(Town town, Instant begins) {
        List<Device> devices = town.devices;
        Device any = devices.get(random.nextInt(devices.size()));
        List<Device> behind =
                devices.stream().filter(one -> one.gateway.equals(any.gateway)).toList();
        Truth truth = truth(town, IncidentType.SABOTAGE, begins, seconds(600), any.at);
        double t = 5;
        for (Device one : behind) {
            say(truth, one, DetectionType.SENSOR_SILENT, t + 4 * random.nextDouble(), Phase.BEGIN, one.at, 30, 3);
        }
        for (int i = 0; i < 60; i++) {
            say(
                    truth,
                    any,
                    DetectionType.SENSORS_LOST_TOGETHER,
                    25 + 9 * i,
                    i == 0 ? Phase.BEGIN : Phase.UPDATE,
                    any.at,
                    80,
                    6,
                    new EntityRef(EntityRef.GATEWAY, any.gateway));
        }
    }

    private void fault(Town town, Instant begins) {
        double lasts_s = 300 + 1200 * random.nextDouble();
        List<Device> meters = town.of(Sense.METER);
        Device meter = meters.get(random.nextInt(meters.size()));
        Truth truth = truth(town, IncidentType.TECHNICAL_FAULT, begins, seconds(lasts_s), meter.at);
        say(truth, meter, DetectionType.RATE_OF_CHANGE, 0, Phase.MOMENT, meter.at, 60, 4);
        boolean first = true;
        for (double t = 3; t < lasts_s; t += 3 + 4 * random.nextDouble()) {
            say(truth, meter, DetectionType.LEVEL, t, first ? Phase.BEGIN : Phase.UPDATE, meter.at, 60, 5);
            first = false;
        }
        say(truth, meter, DetectionType.LEVEL, lasts_s, Phase.END, meter.at, 60, 0);
    }

    // --- What is wrong ---

    /** Claims of what is not so: mostly faint, now and then as sure as the truth, and at times again and again. */
    private void err(Town town) {
        for (Device device : town.devices) {
            double at = 0;
            while (true) {
                at += -StrictMath.log(1 - random.nextDouble()) / device.falseAlarmsADay * 24;
                if (at >= settings.hours()) {
                    break;
                }
                int times = random.nextDouble() < 0.05 ? 5 + random.nextInt(60) : 1;
                DetectionType type = anyOf(device);
                double llr = 0.3 - 1.2 * StrictMath.log(1 - random.nextDouble());
                for (int i = 0; i < times; i++) {
                    claim(
                            Optional.empty(),
                            town,
                            device,
                            type,
                            at * 3600 + 2 * i,
                            Phase.MOMENT,
                            device.at,
                            device.sense.range_m,
                            Math.min(6, llr));
                }
            }
        }
    }

    /** Liars claim the worst they can, singly, in storms, or two by agreement. */
    private void lie(Town town) {
        List<Device> liars = town.devices.stream().filter(Device::lies).toList();
        for (Device liar : liars) {
            double at = 0.2 * random.nextDouble();
            while (true) {
                at += -StrictMath.log(1 - random.nextDouble()) * 0.4;
                if (at >= settings.hours() - 0.5) {
                    break;
                }
                DetectionType type = worstOf(liar);
                int times = random.nextDouble() < 0.3 ? 10 + random.nextInt(40) : 1 + random.nextInt(4);
                Optional<Device> other = random.nextDouble() < 0.2
                        ? liars.stream()
                                .filter(one ->
                                        one != liar && one.sense == liar.sense && distance(one.at, liar.at) < 150)
                                .findFirst()
                        : Optional.empty();
                for (int i = 0; i < times; i++) {
                    double t = at * 3600 + 3 * i;
                    claim(Optional.empty(), town, liar, type, t, Phase.MOMENT, liar.at, liar.sense.range_m, 6);
                    if (other.isPresent()) {
                        claim(
                                Optional.empty(),
                                town,
                                other.get(),
                                type,
                                t + 0.4,
                                Phase.MOMENT,
                                other.get().at,
                                liar.sense.range_m,
                                6);
                    }
                }
            }
        }
    }

    private DetectionType anyOf(Device device) {
        return switch (device.sense) {
            case EAR ->
                random.nextDouble() < 0.7
                        ? DetectionType.IMPULSE_NOISE
                        : random.nextDouble() < 0.5 ? DetectionType.SCREAM : DetectionType.GLASS_BREAK;
            case EYE -> DetectionType.CROWD_DENSITY;
            case NOSE -> DetectionType.GAS_RATE;
            case DOOR -> random.nextDouble() < 0.8 ? DetectionType.ACCESS_REFUSED : DetectionType.DOOR_FORCED;
            case WIRE -> DetectionType.NETWORK_ALERT;
            case METER -> DetectionType.RATE_OF_CHANGE;
        };
    }

    private static DetectionType worstOf(Device device) {
        return switch (device.sense) {
            case EAR -> DetectionType.GUNSHOT;
            case EYE -> DetectionType.CROWD_DENSITY;
            case NOSE -> DetectionType.GAS_LEVEL;
            case DOOR -> DetectionType.DOOR_FORCED;
            case WIRE -> DetectionType.NETWORK_ALERT;
            case METER -> DetectionType.LEVEL;
        };
    }

    // --- Saying ---

    /** An honest sensor claims what is so, about as surely as it is told; a liar keeps silent of it, half of the time. */
    private void say(
            Truth truth,
            Device device,
            DetectionType type,
            double t_s,
            Phase phase,
            Offset at,
            double sigma_m,
            double llr,
            EntityRef... entities) {
        if (device.lies && random.nextBoolean()) {
            return;
        }
        double weight = phase == Phase.END ? 0 : Math.max(0.2, (llr + normal()) * device.overstates);
        double since = Duration.between(BEGINS, truth.begins).toNanos() / 1e9;
        claim(Optional.of(truth.id), truth.town, device, type, since + t_s, phase, at, sigma_m, weight, entities);
    }

    private void claim(
            Optional<String> truth,
            Town town,
            Device device,
            DetectionType type,
            double t_s,
            Phase phase,
            Offset at,
            double sigma_m,
            double llr,
            EntityRef... entities) {
        Instant time = BEGINS.plusNanos((long) (t_s * 1e9));
        double late_s = 0.05 - 0.3 * StrictMath.log(1 - random.nextDouble());
        if (random.nextDouble() < 0.03) {
            late_s += 8 * random.nextDouble();
        }
        Offset stated = new Offset(at.east_m() + 0.3 * sigma_m * normal(), at.north_m() + 0.3 * sigma_m * normal());
        List<EntityRef> about = new ArrayList<>();
        about.add(new EntityRef(EntityRef.SENSOR, device.id));
        about.add(new EntityRef(EntityRef.GATEWAY, device.gateway));
        about.addAll(List.of(entities));
        Detection detection = new Detection(
                Detection.idOf(town.definition.key(), type, phase, "invented", device.id, time),
                town.definition.key(),
                type,
                phase,
                "invented",
                device.id,
                time,
                time.plusNanos((long) (late_s * 1e9)),
                Math.min(9, llr),
                Place.within(town.frame.toPosition(type == DetectionType.NETWORK_ALERT ? at : stated), sigma_m),
                about,
                List.of(new Evidence(
                        new DatastreamId(device.id),
                        ObservationId.ofDeviceIdentity(new DatastreamId(device.id), time.toString() + phase),
                        time)),
                Map.of(),
                "%s claims %s.".formatted(device.id, type.code()));
        said.add(new Said(detection, truth, said.size()));
        if (random.nextDouble() < 0.01) {
            // Delivered twice.
            said.add(new Said(detection, truth, said.size()));
        }
    }

    // --- Numbers ---

    private Offset anywhere(double radius_m) {
        double r = radius_m * Math.sqrt(random.nextDouble());
        double a = 2 * Math.PI * random.nextDouble();
        return new Offset(r * StrictMath.cos(a), r * StrictMath.sin(a));
    }

    private static Offset moved(Offset from, double heading_rad, double by_m) {
        return new Offset(
                from.east_m() + by_m * StrictMath.cos(heading_rad),
                from.north_m() + by_m * StrictMath.sin(heading_rad));
    }

    private static double distance(Offset a, Offset b) {
        return a.minus(b).length_m();
    }

    private double normal() {
        return StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()))
                * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }
}
