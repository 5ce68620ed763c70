// SPDX-License-Identifier: Apache-2.0
package org.polias.app.location;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.polias.app.city.Fields;
import org.polias.app.city.JsonText;
import org.polias.app.city.Nearest;
import org.polias.app.city.Node;
import org.polias.app.city.Problem;
import org.polias.app.city.ProblemLog;
import org.polias.detect.acoustics.location.Air;
import org.polias.detect.acoustics.location.Arrival;
import org.polias.detect.acoustics.location.LocatorSettings;
import org.polias.detect.acoustics.location.Microphone;
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Offset;
import org.polias.model.place.Position;

/**
 * Reads what sensors heard (docs/hearing.schema.json): one object; objects one a line, each a happening of its own; or sensors,
 * arrivals and the air one a line. Reading goes on after a mistake, so that one run finds them all.
 */
public final class HearingReader {

    private static final int MOST_ARRIVALS = 1000;
    private static final int MOST_SENSORS = 1000;
    /** Sensors further apart do not hear one sound. */
    private static final double CITY_M = 50_000;
    /** Sensors nearer than this stand on one point. */
    private static final double ONE_POINT_M = 0.5;
    /** Arrivals of one happening lie within this. */
    private static final double MOST_SPAN_S = 7 * 86_400.0;
    /** The year 5138, in seconds since 1970. */
    private static final double LATEST_S = 1e11;
    /** A sound pressure level lies between these; others are relative to the recorder's full scale. */
    private static final double LEAST_SPL_DB = 20;

    private static final double MOST_SPL_DB = 200;
    /** Of relative levels only the differences tell something. */
    private static final double ANY_LEVEL_SIGMA_DB = 1000;

    private static final Set<String> HEARING = Set.of("sensors", "arrivals", "air");
    private static final Set<String> SENSOR = Set.of("id", "lat", "lon", "clock_offset_s", "clock_sigma_s");
    private static final Set<String> ARRIVAL = Set.of("sensor", "time", "sigma_s", "level_dB", "wave");
    private static final Set<String> AIR =
            Set.of("temperature_C", "temperature_sigma_C", "wind_speed_m_per_s", "wind_from_deg", "wind_sigma_m_per_s");
    /** Other names by which the same is known. */
    private static final Map<String, String> ALSO = Map.ofEntries(
            Map.entry("latitude", "lat"),
            Map.entry("longitude", "lon"),
            Map.entry("lng", "lon"),
            Map.entry("sensor_id", "sensor"),
            Map.entry("microphone", "sensor"),
            Map.entry("microphones", "sensors"),
            Map.entry("time_s", "time"),
            Map.entry("t", "time"),
            Map.entry("onset", "time"),
            Map.entry("sigma", "sigma_s"),
            Map.entry("onset_sigma_s", "sigma_s"),
            Map.entry("level", "level_dB"),
            Map.entry("level_db", "level_dB"),
            Map.entry("weather", "air"));

    private final String file;
    private final ProblemLog log;

    private HearingReader(String file, ProblemLog log) {
        this.file = file;
        this.log = log;
    }

    /** What came of reading. */
    public sealed interface Reading {

        /** Happenings, in the order of the file. */
        record Read(List<Hearing> hearings) implements Reading {}

        /** All that is wrong, as people read it. */
        record Refused(List<String> problems) implements Reading {}
    }

    /** Reads {@code text}, which {@code file} holds. */
    public static Reading read(String file, String text) {
        ProblemLog log = new ProblemLog();
        List<Node> values = JsonText.readAll(file, text, log);
        if (values.isEmpty() && log.isEmpty()) {
            log.add(file, 0, "", "%s is empty.".formatted(file), "Maybe it was not written yet.");
        }
        List<Hearing> hearings = new HearingReader(file, log).read(values);
        return log.isEmpty()
                ? new Reading.Read(hearings)
                : new Reading.Refused(
                        log.list().stream().sorted().map(Problem::render).toList());
    }

    private List<Hearing> read(List<Node> values) {
        List<Node> all = new ArrayList<>();
        for (Node value : values) {
            if (value instanceof Node.Items items) {
                all.addAll(items.items());
            } else {
                all.add(value);
            }
        }
        List<Happening> happenings = new ArrayList<>();
        Happening loose = new Happening();
        for (Node node : all) {
            switch (node) {
                case Node.Mapping mapping -> {
                    Set<String> names = new LinkedHashSet<>();
                    mapping.entries().forEach(entry -> names.add(canonical(entry.key())));
                    if (names.contains("sensors") || names.contains("arrivals")) {
                        Happening happening = new Happening();
                        happening.line = mapping.line();
                        whole(mapping, happening);
                        happenings.add(happening);
                    } else if (names.contains("time")) {
                        arrival(mapping, loose);
                    } else if (names.contains("lat") || names.contains("lon")) {
                        sensor(mapping, loose);
                    } else if (names.contains("air")) {
                        whole(mapping, loose);
                    } else if (names.stream().anyMatch(AIR::contains)) {
                        air(mapping, loose);
                    } else {
                        log.add(
                                file,
                                mapping.line(),
                                "",
                                "This is neither a sensor, an arrival, the air nor a happening with sensors and arrivals.",
                                "Maybe see docs/location.md.");
                    }
                }
                case Node.Items _, Node.Scalar _ ->
                    log.add(
                            file,
                            node.line(),
                            "",
                            "There is %s; an object is expected.".formatted(node.describe()),
                            "Maybe begin with {\"sensors\": [...");
            }
        }
        if (!loose.isEmpty()) {
            if (happenings.isEmpty()) {
                happenings.add(loose);
            } else {
                log.add(
                        file,
                        0,
                        "",
                        "%s has whole happenings and single sensors or arrivals beside them.".formatted(file),
                        "Maybe put them in two files.");
            }
        }
        List<Hearing> hearings = new ArrayList<>();
        for (Happening happening : happenings) {
            happening.hearing().ifPresent(hearings::add);
        }
        return hearings;
    }

    private void whole(Node.Mapping mapping, Happening happening) {
        Set<String> known = new LinkedHashSet<>(HEARING);
        known.addAll(AIR);
        Node.Mapping renamed = renamed(mapping, known, happening);
        air(
                new Node.Mapping(
                        renamed.line(),
                        renamed.entries().stream()
                                .filter(entry -> AIR.contains(entry.key()))
                                .toList()),
                happening);
        each(renamed, "sensors", happening, this::sensor);
        each(renamed, "arrivals", happening, this::arrival);
        renamed.find("air").ifPresent(node -> {
            if (node instanceof Node.Mapping air) {
                air(air, happening);
            } else {
                log.add(
                        file,
                        node.line(),
                        "",
                        "The \"air\" is %s; an object is expected.".formatted(node.describe()),
                        "");
            }
        });
    }

    private interface Part {
        void read(Node.Mapping mapping, Happening happening);
    }

    private void each(Node.Mapping mapping, String key, Happening happening, Part part) {
        Optional<Node> node = mapping.find(key);
        if (node.isEmpty()) {
            return;
        }
        if (!(node.get() instanceof Node.Items items)) {
            log.add(
                    file,
                    node.get().line(),
                    "",
                    "The \"%s\" are %s; a list is expected."
                            .formatted(key, node.get().describe()),
                    "");
            return;
        }
        for (Node item : items.items()) {
            if (item instanceof Node.Mapping one) {
                part.read(one, happening);
            } else {
                log.add(
                        file,
                        item.line(),
                        "",
                        "The \"%s\" hold %s; objects are expected.".formatted(key, item.describe()),
                        "");
            }
        }
    }

    private void sensor(Node.Mapping mapping, Happening happening) {
        Fields fields =
                new Fields(file, title("sensor", "id", mapping), renamed(mapping, SENSOR, happening), SENSOR, log);
        String id = fields.text("id", "Maybe give it a short name.");
        double lat = fields.number("lat", -90, 90, "degrees from -90 to 90", "Maybe write the latitude in degrees.");
        double lon =
                fields.number("lon", -180, 180, "degrees from -180 to 180", "Maybe write the longitude in degrees.");
        double offset = fields.findNumber("clock_offset_s", -86_400, 86_400, "seconds within a day")
                .orElse(0.0);
        double sigma = fields.findNumber("clock_sigma_s", 0, 60, "0 to 60 s").orElse(Microphone.USUAL_CLOCK_SIGMA_S);
        Sensor earlier = happening.sensors.get(id);
        if (earlier != null) {
            fields.fail(
                    "id",
                    id,
                    "exists already, on line %d.".formatted(earlier.line),
                    "Maybe a line was copied; ids are unique.");
        } else if (fields.areSound()) {
            happening.sensors.put(id, new Sensor(mapping.line(), id, new Position(lon, lat), offset, sigma));
        } else {
            happening.broken.add(id);
        }
    }

    private void arrival(Node.Mapping mapping, Happening happening) {
        Fields fields = new Fields(
                file,
                "The arrival of line %d".formatted(mapping.line()),
                renamed(mapping, ARRIVAL, happening),
                ARRIVAL,
                log);
        String sensor = fields.text("sensor", "Maybe name the sensor that heard it.");
        double sigma =
                fields.findNumber("sigma_s", 1e-6, 10, "0.000001 to 10 s").orElse(Arrival.USUAL_SIGMA_S);
        double level =
                fields.findNumber("level_dB", -300, 300, "-300 to 300 dB").orElse(Double.NaN);
        Arrival.Wave wave = fields.findOneOf("wave", Arrival.Wave.class).orElse(Arrival.Wave.UNKNOWN);
        Optional<Time> time = time(fields);
        happening.arrivalsRead++;
        if (fields.areSound() && time.isPresent()) {
            happening.arrivals.add(new Read(mapping.line(), sensor, time.get(), sigma, level, wave));
        }
    }

    private Optional<Time> time(Fields fields) {
        Optional<String> text = fields.findText("time");
        if (text.isEmpty()) {
            fields.requirePresent("time", "Maybe write an instant such as \"2026-11-21T20:15:03.214Z\", or seconds.");
            return Optional.empty();
        }
        String written = text.get();
        Optional<Double> number = Fields.parseNumber(written);
        if (number.isPresent() && Math.abs(number.get()) < LATEST_S) {
            // Nanoseconds are kept; a number of no size would be a decimal of any length.
            BigDecimal seconds = Math.abs(number.get()) < 1e-9
                    ? BigDecimal.ZERO
                    : new BigDecimal(written).setScale(9, RoundingMode.HALF_EVEN);
            return Optional.of(new Time(seconds, false));
        }
        try {
            Instant instant = OffsetDateTime.parse(written).toInstant();
            return Optional.of(new Time(
                    BigDecimal.valueOf(instant.getEpochSecond()).add(BigDecimal.valueOf(instant.getNano(), 9)), true));
        } catch (DateTimeException notAnInstant) {
            fields.fail(
                    "time",
                    written,
                    "has the time %s, which is neither an instant nor a number of seconds."
                            .formatted(ProblemLog.quote(written)),
                    "Maybe write \"2026-11-21T20:15:03.214Z\".");
            return Optional.empty();
        }
    }

    private void air(Node.Mapping mapping, Happening happening) {
        if (mapping.entries().isEmpty()) {
            return;
        }
        Fields fields = new Fields(file, "The air", renamed(mapping, AIR, happening), AIR, log);
        Optional<Double> temperature = fields.findNumber("temperature_C", -60, 60, "-60 to 60 degrees Celsius");
        Optional<Double> temperatureSigma = fields.findNumber("temperature_sigma_C", 0.01, 50, "0.01 to 50 degrees");
        Optional<Double> speed = fields.findNumber("wind_speed_m_per_s", 0, 80, "0 to 80 m/s");
        Optional<Double> from = fields.findNumber("wind_from_deg", -360, 720, "degrees clockwise from north");
        Optional<Double> windSigma = fields.findNumber("wind_sigma_m_per_s", 0.01, 50, "0.01 to 50 m/s");
        if (from.isPresent() && speed.isEmpty()) {
            fields.fail("wind_from_deg", "", "has a wind direction and no speed.", "Maybe add \"wind_speed_m_per_s\".");
        }
        if (!fields.areSound()) {
            return;
        }
        Air air = happening.air;
        if (temperature.isPresent()) {
            air = air.withTemperature(temperature.get());
        }
        if (speed.isPresent()) {
            air = from.isPresent() ? air.withWind(speed.get(), from.get()) : air.withWindSpeed(speed.get());
        }
        happening.air = new Air(
                air.temperature_C(),
                temperatureSigma.orElse(air.temperatureSigma_C()),
                air.eastWind_m_per_s(),
                air.northWind_m_per_s(),
                windSigma.orElse(air.windSigma_m_per_s()));
    }

    /** The mapping by our names; members of other names are left aside, which is noted. */
    private static Node.Mapping renamed(Node.Mapping mapping, Set<String> known, Happening happening) {
        List<Node.Entry> entries = new ArrayList<>();
        for (Node.Entry entry : mapping.entries()) {
            String name = canonical(entry.key());
            if (known.contains(name)) {
                entries.add(new Node.Entry(entry.line(), name, entry.value()));
            } else {
                happening.ignored.add(entry.key());
            }
        }
        return new Node.Mapping(mapping.line(), entries);
    }

    private static String canonical(String name) {
        return ALSO.getOrDefault(name, name);
    }

    private static String title(String kind, String key, Node.Mapping mapping) {
        return mapping.text(key)
                .filter(id -> !id.isBlank())
                .map(id -> "The %s %s".formatted(kind, ProblemLog.quote(id)))
                .orElse("The %s of line %d".formatted(kind, mapping.line()));
    }

    private record Sensor(int line, String id, Position position, double clockOffset_s, double clockSigma_s) {}

    private record Time(BigDecimal seconds, boolean isInstant) {}

    private record Read(int line, String sensor, Time time, double sigma_s, double level_dB, Arrival.Wave wave) {}

    /** A happening while it is read. */
    private final class Happening {

        int line;
        int arrivalsRead;
        final Map<String, Sensor> sensors = new LinkedHashMap<>();
        /** Sensors that are wrong in themselves: what refers to them is not reported as well. */
        final Set<String> broken = new LinkedHashSet<>();

        final List<Read> arrivals = new ArrayList<>();
        final Set<String> ignored = new LinkedHashSet<>();
        Air air = Air.UNKNOWN;

        boolean isEmpty() {
            return sensors.isEmpty() && broken.isEmpty() && arrivalsRead == 0;
        }

        Optional<Hearing> hearing() {
            int before = log.list().size();
            check();
            boolean refersToBroken = arrivals.stream().anyMatch(one -> !sensors.containsKey(one.sensor));
            if (log.list().size() > before || arrivals.isEmpty() || sensors.isEmpty() || refersToBroken) {
                return Optional.empty();
            }
            List<Sensor> all = List.copyOf(sensors.values());
            LocalFrame frame = frame(all);
            List<Microphone> microphones = new ArrayList<>();
            Map<String, Integer> numbers = new TreeMap<>();
            for (Sensor sensor : all) {
                numbers.put(sensor.id, microphones.size());
                microphones.add(new Microphone(
                        sensor.id, frame.toOffset(sensor.position), sensor.clockOffset_s, sensor.clockSigma_s));
            }
            BigDecimal epoch = arrivals.stream()
                    .map(one -> one.time.seconds)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            List<Arrival> timed = new ArrayList<>();
            for (Read one : arrivals) {
                timed.add(new Arrival(
                        numbers.get(one.sensor),
                        one.time.seconds.subtract(epoch).doubleValue(),
                        one.sigma_s,
                        one.level_dB,
                        one.wave));
            }
            List<String> notes = new ArrayList<>();
            if (!ignored.isEmpty()) {
                notes.add("These members are not known and were left aside: %s."
                        .formatted(ProblemLog.shorten(String.join(", ", ignored))));
            }
            LocatorSettings settings = LocatorSettings.STANDARD;
            if (arrivals.stream().anyMatch(one -> one.level_dB < LEAST_SPL_DB || one.level_dB > MOST_SPL_DB)) {
                settings = settings.withSourceLevel(settings.sourceLevel_dB(), ANY_LEVEL_SIGMA_DB);
                notes.add("The levels are no sound pressure levels: only their differences were used.");
            }
            if (areOnALine(microphones)) {
                notes.add("The sensors stand on one line: on which side of it a source lies cannot be told.");
            }
            return Optional.of(new Hearing(
                    frame, microphones, timed, air, settings, epoch, arrivals.getFirst().time.isInstant, notes));
        }

        private void check() {
            if (sensors.isEmpty() && broken.isEmpty()) {
                log.add(
                        file,
                        line,
                        "",
                        "There are no sensors.",
                        "Maybe add \"sensors\": [{\"id\", \"lat\", \"lon\"}, ...].");
            }
            if (arrivalsRead == 0) {
                log.add(
                        file,
                        line,
                        "",
                        "There are no arrivals.",
                        "Maybe add \"arrivals\": [{\"sensor\", \"time\"}, ...].");
            }
            if (arrivalsRead > MOST_ARRIVALS || sensors.size() > MOST_SENSORS) {
                log.add(
                        file,
                        line,
                        "",
                        "There are %d arrivals at %d sensors; at most %d at %d are taken at once."
                                .formatted(arrivalsRead, sensors.size(), MOST_ARRIVALS, MOST_SENSORS),
                        "Maybe split the file by time.");
            }
            checkSensors();
            checkTimes();
        }

        private void checkSensors() {
            for (Read one : arrivals) {
                if (!sensors.containsKey(one.sensor) && !broken.contains(one.sensor)) {
                    log.add(
                            file,
                            one.line,
                            one.sensor,
                            "The arrival of line %d is at the sensor %s, which there is not."
                                    .formatted(one.line, ProblemLog.quote(one.sensor)),
                            Nearest.advice(one.sensor, sensors.keySet(), "Maybe it is missing among the sensors."));
                }
            }
            if (sensors.size() < 2) {
                return;
            }
            Sensor first = sensors.values().iterator().next();
            LocalFrame frame = new LocalFrame(first.position);
            double farthest = 0;
            for (Sensor sensor : sensors.values()) {
                double distance = frame.toOffset(sensor.position).length_m();
                if (distance > CITY_M) {
                    log.add(
                            file,
                            sensor.line,
                            sensor.id,
                            "The sensor %s lies %.0f km from the sensor %s."
                                    .formatted(
                                            ProblemLog.quote(sensor.id), distance / 1000, ProblemLog.quote(first.id)),
                            "Maybe latitude and longitude are exchanged.");
                }
                farthest = Math.max(farthest, distance);
            }
            if (farthest < ONE_POINT_M) {
                log.add(
                        file,
                        first.line,
                        first.id,
                        "All %d sensors stand on one point: arrivals there tell nothing of directions."
                                .formatted(sensors.size()),
                        "Maybe their positions were rounded.");
            }
        }

        private void checkTimes() {
            if (arrivals.isEmpty()) {
                return;
            }
            Read first = arrivals.getFirst();
            for (Read one : arrivals) {
                if (one.time.isInstant != first.time.isInstant) {
                    log.add(
                            file,
                            one.line,
                            "",
                            "The arrival of line %d has %s, that of line %d %s."
                                    .formatted(one.line, kind(one), first.line, kind(first)),
                            "Maybe write all times alike.");
                    return;
                }
            }
            List<Read> sorted = arrivals.stream()
                    .sorted(Comparator.comparing(one -> one.time.seconds))
                    .toList();
            Read middle = sorted.get(sorted.size() / 2);
            for (Read one : arrivals) {
                double apart =
                        one.time.seconds.subtract(middle.time.seconds).abs().doubleValue();
                if (apart > MOST_SPAN_S) {
                    log.add(
                            file,
                            one.line,
                            one.time.seconds.toPlainString(),
                            "The arrival of line %d lies %.0f days from that of line %d."
                                    .formatted(one.line, apart / 86_400, middle.line),
                            "Maybe its year is wrong, or it is in milliseconds.");
                }
            }
        }

        private static String kind(Read one) {
            return one.time.isInstant ? "an instant" : "a number of seconds";
        }
    }

    private static LocalFrame frame(List<Sensor> sensors) {
        double lon = 0;
        double lat = 0;
        for (Sensor sensor : sensors) {
            lon += sensor.position.longitude() / sensors.size();
            lat += sensor.position.latitude() / sensors.size();
        }
        return new LocalFrame(new Position(lon, lat));
    }

    /** Whether three or more microphones deviate from one line by less than a hundredth of its length. */
    private static boolean areOnALine(List<Microphone> microphones) {
        if (microphones.size() < 3) {
            return false;
        }
        Offset a = microphones.getFirst().place();
        Offset b = a;
        for (Microphone one : microphones) {
            if (one.place().minus(a).length_m() > b.minus(a).length_m()) {
                b = one.place();
            }
        }
        Offset line = b.minus(a);
        double length = line.length_m();
        for (Microphone one : microphones) {
            Offset at = one.place().minus(a);
            double beside = Math.abs(at.east_m() * line.north_m() - at.north_m() * line.east_m()) / length;
            if (beside > 0.01 * length) {
                return false;
            }
        }
        return true;
    }
}
