// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.secondcity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

import org.polias.model.city.SensorKind;
import org.polias.model.city.SiteClass;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.EntityRef;
import org.polias.model.detection.Evidence;
import org.polias.model.detection.Phase;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.DetectionId;
import org.polias.model.id.SiteId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.model.incident.IncidentType;
import org.polias.model.observation.ObservationId;
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Offset;
import org.polias.model.place.Place;
import org.polias.model.place.Position;

/**
 * Makes {@linkplain CityDay days}. A real event is a source that moves or spreads and acts again and again; each act reaches a sensor
 * with a chance that falls with distance. A sensor scores what it hears (Gaussian, shifted by its true sensitivity where something
 * is there) and states a likelihood ratio that is over- or understated by a factor of its own.
 */
public final class CityDayGenerator {

    private static final Instant MIDNIGHT = Instant.parse("2026-06-05T00:00:00Z");
    private static final Position CITY = new Position(13.38, 49.75);
    private static final SiteClass[] CLASSES = SiteClass.values();
    private static final SensorKind[] KINDS = {
        SensorKind.MICROPHONE,
        SensorKind.MICROPHONE,
        SensorKind.MICROPHONE,
        SensorKind.CAMERA,
        SensorKind.CAMERA,
        SensorKind.GAS,
        SensorKind.ACCESS,
        SensorKind.NETWORK,
        SensorKind.OTHER
    };
    /** Incidents of one type at one site are at least so far apart: nearer ones nobody could tell apart. */
    private static final double APART_M = 400;

    private static final double PEAK_S = 900;

    private final CityDay.Settings settings;
    private final List<CityDay.Ground> sites = new ArrayList<>();
    private final List<CityDay.Device> devices = new ArrayList<>();
    private final Map<SiteKey, List<Unit>> units = new LinkedHashMap<>();
    private final List<Detection> reports = new ArrayList<>();
    private final List<CityDay.Truth> truths = new ArrayList<>();
    private final List<CityDay.Liar> liars = new ArrayList<>();
    private final List<Planned> planned = new ArrayList<>();
    private final double length_s;
    private long number;

    private CityDayGenerator(CityDay.Settings settings) {
        this.settings = settings;
        length_s = settings.hours() * 3600;
    }

    /** A sensor with what is true of it. */
    private record Unit(
            CityDay.Device device,
            Offset at,
            double detects,
            double sensitivity,
            double misstatement,
            double falseAlarms_per_h,
            double delay_s) {}

    private record Planned(int site, IncidentType type, double begins_s, double ends_s, Offset at) {}

    /** The day of these settings. */
    public static CityDay make(CityDay.Settings settings) {
        return new CityDayGenerator(settings).day();
    }

    private CityDay day() {
        SplittableRandom random = new SplittableRandom(settings.seed());
        SplittableRandom building = random.split();
        for (int i = 0; i < settings.sites(); i++) {
            build(i, building.split());
        }
        plan(random.split());
        for (Planned one : planned) {
            happen(one, random.split());
        }
        SplittableRandom quiet = random.split();
        SplittableRandom lying = random.split();
        for (List<Unit> ofSite : units.values()) {
            for (Unit unit : ofSite) {
                err(unit, quiet.split());
            }
            lie(ofSite, lying.split());
        }
        reports.sort(Comparator.comparing(Detection::knownAt)
                .thenComparing(one -> one.id().value()));
        return new CityDay(sites, devices, reports, truths, liars);
    }

    // --- The city ---

    private void build(int index, SplittableRandom random) {
        SiteKey key = new SiteKey(new TenantId("city"), new SiteId("site-" + (index + 1)));
        Position origin = new LocalFrame(CITY)
                .toPosition(new Offset(4000 * (index % 6) + 300 * random.nextDouble(), 4000 * (index / 6)));
        double radius = 400 + 900 * random.nextDouble();
        sites.add(new CityDay.Ground(
                key,
                "Site " + (index + 1),
                CLASSES[random.nextInt(CLASSES.length)],
                origin,
                radius,
                200 + random.nextInt(20_000)));
        LocalFrame frame = new LocalFrame(origin);
        int count = 40 + random.nextInt(160);
        int gateways = 1 + count / 12;
        List<Unit> ofSite = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SensorKind kind = KINDS[i % KINDS.length];
            Offset at = within(radius, random);
            double range =
                    switch (kind) {
                        case MICROPHONE -> 120 + 130 * random.nextDouble();
                        case CAMERA -> 30 + 40 * random.nextDouble();
                        case GAS -> 50 + 60 * random.nextDouble();
                        case ACCESS -> 5;
                        default -> 60;
                    };
            CityDay.Device device = new CityDay.Device(
                    key,
                    "s%d-%s-%d".formatted(index + 1, kind.name().toLowerCase(java.util.Locale.ROOT), i),
                    kind,
                    frame.toPosition(at),
                    range,
                    "s%d-gw-%d".formatted(index + 1, i % gateways),
                    typesOf(kind));
            devices.add(device);
            ofSite.add(new Unit(
                    device,
                    at,
                    0.7 + 0.29 * random.nextDouble(),
                    2.5 + 1.5 * random.nextDouble(),
                    StrictMath.exp(0.35 * random.nextGaussian()),
                    0.02 * StrictMath.exp(random.nextGaussian()),
                    0.1 + 1.2 * random.nextDouble()));
        }
        units.put(key, ofSite);
    }

    private static List<DetectionType> typesOf(SensorKind kind) {
        return switch (kind) {
            case MICROPHONE ->
                List.of(
                        DetectionType.GUNSHOT,
                        DetectionType.FIREWORK,
                        DetectionType.SCREAM,
                        DetectionType.IMPULSE_NOISE);
            case CAMERA -> List.of(DetectionType.CROWD_DENSITY, DetectionType.SENSOR_SILENT);
            case GAS -> List.of(DetectionType.GAS_LEVEL, DetectionType.GAS_RATE);
            case ACCESS -> List.of(DetectionType.DOOR_FORCED, DetectionType.ACCESS_REFUSED);
            case NETWORK -> List.of(DetectionType.NETWORK_ALERT, DetectionType.NETWORK_ALERT_BURST);
            case WEATHER, VIBRATION, SPECTROMETER, RADIATION, VEHICLE, OTHER ->
                List.of(DetectionType.LEVEL, DetectionType.RATE_OF_CHANGE);
        };
    }

    private static Offset within(double radius_m, SplittableRandom random) {
        double r = radius_m * StrictMath.sqrt(random.nextDouble());
        double angle = 2 * StrictMath.PI * random.nextDouble();
        return new Offset(r * StrictMath.cos(angle), r * StrictMath.sin(angle));
    }

    // --- What happens ---

    private void plan(SplittableRandom random) {
        double peak = length_s * (0.4 + 0.2 * random.nextDouble());
        for (int i = 0; i < settings.peak(); i++) {
            plan(peak + (PEAK_S - 400) * (i + random.nextDouble()) / settings.peak() * 0.5, 500, random);
        }
        // One in four hours and site, at the usual prevalence.
        int others = (int) StrictMath.round(settings.prevalence() * settings.sites() * settings.hours() / 4);
        for (int i = 0; i < others; i++) {
            plan((length_s - 1300) * random.nextDouble(), 240 + 800 * random.nextDouble(), random);
        }
    }

    private void plan(double begins_s, double lasts_s, SplittableRandom random) {
        for (int attempt = 0; attempt < 200; attempt++) {
            int site = random.nextInt(sites.size());
            IncidentType type = IncidentType.values()[random.nextInt(IncidentType.values().length)];
            List<Unit> near = units.get(sites.get(site).key());
            // Where something happens that nobody can notice, nothing can be expected of anyone.
            Unit witness = near.get(random.nextInt(near.size()));
            Offset at = witness.at.plus(within(witness.device.range_m() / 2, random));
            Planned coming = new Planned(site, type, begins_s, begins_s + lasts_s, at);
            if (planned.stream().noneMatch(one -> collide(one, coming))) {
                planned.add(coming);
                return;
            }
        }
    }

    private static boolean collide(Planned a, Planned b) {
        boolean meet = a.begins_s < b.ends_s + 1800 && b.begins_s < a.ends_s + 1800;
        boolean isNear = a.at.minus(b.at).length_m() < APART_M;
        return a.site == b.site
                && meet
                && a.type == b.type
                && (isNear || a.type == IncidentType.CYBER_ATTACK || a.type == IncidentType.SABOTAGE);
    }

    private void happen(Planned one, SplittableRandom random) {
        List<DetectionId> mine = new ArrayList<>();
        double heading = 2 * StrictMath.PI * random.nextDouble();
        Offset drift = new Offset(StrictMath.cos(heading), StrictMath.sin(heading));
        List<EntityRef> actor = List.of(
                new EntityRef(EntityRef.IP, "203.0.%d.%d".formatted(random.nextInt(256), random.nextInt(256))),
                new EntityRef(EntityRef.CREDENTIAL, "account-" + random.nextInt(100_000)));
        List<Unit> ofSite = units.get(sites.get(one.site).key());
        double t = one.begins_s;
        while (t < one.ends_s) {
            double age = t - one.begins_s;
            switch (one.type) {
                case ARMED_ATTACK -> {
                    // Walks at 1.2 m/s and shoots in bursts; people scream and, later, crowd together.
                    Offset at = moved(one.at, drift, 1.2 * Math.min(age, 200));
                    act(ofSite, DetectionType.GUNSHOT, SensorKind.MICROPHONE, at, 1.6, t, List.of(), mine, random);
                    if (age > 3 && random.nextDouble() < 0.5) {
                        act(ofSite, DetectionType.SCREAM, SensorKind.MICROPHONE, at, 0.6, t, List.of(), mine, random);
                    }
                    if (age > 20 && random.nextDouble() < 0.2) {
                        act(ofSite, DetectionType.CROWD_DENSITY, SensorKind.CAMERA, at, 2, t, List.of(), mine, random);
                    }
                    t += 1 + 4 * random.nextDouble();
                }
                case HARMLESS_NOISE -> {
                    Offset at = one.at.plus(within(20, random));
                    act(
                            ofSite,
                            random.nextDouble() < 0.8 ? DetectionType.FIREWORK : DetectionType.IMPULSE_NOISE,
                            SensorKind.MICROPHONE,
                            at,
                            1.8,
                            t,
                            List.of(),
                            mine,
                            random);
                    t += 1 + 5 * random.nextDouble();
                }
                case CROWD_CRUSH -> {
                    double reach = 1 + Math.min(age, 400) / 200;
                    act(
                            ofSite,
                            DetectionType.CROWD_DENSITY,
                            SensorKind.CAMERA,
                            one.at,
                            reach,
                            t,
                            List.of(),
                            mine,
                            random);
                    if (age > 60 && random.nextDouble() < 0.15) {
                        act(
                                ofSite,
                                DetectionType.SCREAM,
                                SensorKind.MICROPHONE,
                                one.at,
                                0.5,
                                t,
                                List.of(),
                                mine,
                                random);
                    }
                    t += 3;
                }
                case TOXIC_RELEASE -> {
                    Offset at = moved(one.at, drift, 0.4 * age);
                    double reach = 1 + age / 300;
                    DetectionType type =
                            age < 60 && random.nextDouble() < 0.3 ? DetectionType.GAS_RATE : DetectionType.GAS_LEVEL;
                    act(ofSite, type, SensorKind.GAS, at, reach, t, List.of(), mine, random);
                    t += 2;
                }
                case INTRUSION -> {
                    if (age < 60) {
                        act(
                                ofSite,
                                DetectionType.ACCESS_REFUSED,
                                SensorKind.ACCESS,
                                one.at,
                                12,
                                t,
                                actor,
                                mine,
                                random);
                    } else if (random.nextDouble() < 0.7) {
                        act(ofSite, DetectionType.DOOR_FORCED, SensorKind.ACCESS, one.at, 12, t, actor, mine, random);
                    } else {
                        act(ofSite, DetectionType.NETWORK_ALERT, SensorKind.NETWORK, one.at, 2, t, actor, mine, random);
                    }
                    t += 3 + 3 * random.nextDouble();
                }
                case CYBER_ATTACK -> {
                    act(
                            ofSite,
                            random.nextDouble() < 0.8 ? DetectionType.NETWORK_ALERT : DetectionType.NETWORK_ALERT_BURST,
                            SensorKind.NETWORK,
                            one.at,
                            4,
                            t,
                            actor,
                            mine,
                            random);
                    t += 1 + 3 * random.nextDouble();
                }
                case SABOTAGE -> {
                    double reach = 1 + Math.min(age, 120) / 40;
                    DetectionType type = age > 10 && random.nextDouble() < 0.3
                            ? DetectionType.SENSORS_LOST_TOGETHER
                            : DetectionType.SENSOR_SILENT;
                    act(ofSite, type, SensorKind.CAMERA, one.at, 2 * reach, t, List.of(), mine, random);
                    t += 4;
                }
                case TECHNICAL_FAULT -> {
                    act(
                            ofSite,
                            random.nextDouble() < 0.8 ? DetectionType.LEVEL : DetectionType.RATE_OF_CHANGE,
                            SensorKind.OTHER,
                            one.at,
                            1.5,
                            t,
                            List.of(),
                            mine,
                            random);
                    t += 2;
                }
            }
        }
        CityDay.Ground ground = sites.get(one.site);
        truths.add(new CityDay.Truth(
                "T-" + (truths.size() + 1),
                ground.key(),
                one.type,
                at(one.begins_s),
                at(one.ends_s),
                new LocalFrame(ground.origin()).toPosition(one.at),
                mine));
    }

    private static Offset moved(Offset from, Offset direction, double by_m) {
        return new Offset(from.east_m() + by_m * direction.east_m(), from.north_m() + by_m * direction.north_m());
    }

    /** One act of a source: each sensor of the kind notices it with a chance that falls with distance. */
    private void act(
            List<Unit> ofSite,
            DetectionType type,
            SensorKind kind,
            Offset at,
            double reach,
            double t,
            List<EntityRef> entities,
            List<DetectionId> mine,
            SplittableRandom random) {
        for (Unit unit : ofSite) {
            if (unit.device.kind() != kind) {
                continue;
            }
            double far = unit.at.minus(at).length_m() / (unit.device.range_m() * reach);
            if (far > 2 || random.nextDouble() >= unit.detects * StrictMath.exp(-far * far)) {
                continue;
            }
            double score = unit.sensitivity + random.nextGaussian();
            if (score < 1) {
                continue;
            }
            double travels = kind == SensorKind.MICROPHONE ? unit.at.minus(at).length_m() / 340 : 0;
            mine.add(report(unit, type, t + travels, ratio(unit, score), entities, random));
            if (kind == SensorKind.MICROPHONE && random.nextDouble() < 0.05) {
                // An echo from a wall behind.
                mine.add(report(
                        unit,
                        type,
                        t + travels + 0.2 + random.nextDouble(),
                        ratio(unit, score - 0.7),
                        entities,
                        random));
            }
        }
    }

    /** Of two Gaussians one sensitivity apart, ln of their ratio at the score; as the sensor states it. */
    private static double ratio(Unit unit, double score) {
        double d = unit.sensitivity;
        return Math.clamp(unit.misstatement * (d * score - d * d / 2), -8, 12);
    }

    private DetectionId report(
            Unit unit, DetectionType type, double t, double ratio, List<EntityRef> entities, SplittableRandom random) {
        double late = unit.delay_s * -StrictMath.log(1 - random.nextDouble());
        if (random.nextDouble() < 0.005) {
            late += 60 * random.nextDouble();
        }
        Instant time = at(t);
        String sensor = unit.device.id();
        DatastreamId stream = new DatastreamId(sensor);
        DetectionId id = new DetectionId("D-" + ++number);
        List<EntityRef> about = new ArrayList<>();
        about.add(new EntityRef(EntityRef.SENSOR, sensor));
        about.add(new EntityRef(EntityRef.GATEWAY, unit.device.gateway()));
        about.addAll(entities);
        reports.add(new Detection(
                id,
                unit.device.site(),
                type,
                Phase.MOMENT,
                "external",
                sensor,
                time,
                at(t + Math.min(late, 120)),
                ratio,
                Place.within(unit.device.position(), unit.device.range_m()),
                about,
                List.of(new Evidence(stream, ObservationId.ofDeviceIdentity(stream, id.value()), time)),
                Map.of(),
                "%s reports %s.".formatted(sensor, type.code())));
        return id;
    }

    // --- What does not happen ---

    private void err(Unit unit, SplittableRandom random) {
        double rate = unit.falseAlarms_per_h / 3600;
        double t = -StrictMath.log(1 - random.nextDouble()) / rate;
        List<DetectionType> types = unit.device.reports();
        while (t < length_s) {
            DetectionType type = types.get(random.nextInt(types.size()));
            // Noise that passed the sensor's threshold.
            double score = 1 - StrictMath.log(1 - random.nextDouble()) / 2;
            int times = random.nextDouble() < 0.01 ? 200 : 1;
            for (int i = 0; i < times; i++) {
                report(unit, type, t + 0.3 * i, ratio(unit, score), List.of(), random);
            }
            t -= StrictMath.log(1 - random.nextDouble()) / rate;
        }
    }

    private void lie(List<Unit> ofSite, SplittableRandom random) {
        List<Unit> lying = new ArrayList<>();
        for (Unit unit : ofSite) {
            if (random.nextDouble() < settings.liars()) {
                lying.add(unit);
            }
        }
        while (!lying.isEmpty()) {
            Unit first = lying.removeFirst();
            List<Unit> band = new ArrayList<>(List.of(first));
            if (random.nextDouble() < 0.3) {
                // In collusion: others of the same kind, wherever they stand.
                for (int i = 0; i < 2; i++) {
                    Optional<Unit> other = lying.stream()
                            .filter(unit -> unit.device.kind() == first.device.kind())
                            .findFirst();
                    other.ifPresent(unit -> {
                        lying.remove(unit);
                        band.add(unit);
                    });
                }
            }
            DetectionType type = first.device.reports().getFirst();
            double from = (length_s - 200) * random.nextDouble();
            for (Unit unit : band) {
                double t = from + 3 * random.nextDouble();
                liars.add(new CityDay.Liar(unit.device.id(), unit.device.site(), at(t)));
                for (int i = 0; i < 40; i++) {
                    report(unit, type, t, 4 + 5 * random.nextDouble(), List.of(), random);
                    t += 1 + 3 * random.nextDouble();
                }
            }
        }
    }

    private static Instant at(double t_s) {
        return MIDNIGHT.plusNanos(StrictMath.round(t_s * 1e6) * 1000);
    }
}
