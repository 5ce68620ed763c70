// SPDX-License-Identifier: Apache-2.0
package org.polias.app.fusion;

import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.polias.app.city.Fields;
import org.polias.app.city.JsonText;
import org.polias.app.city.Nearest;
import org.polias.app.city.Node;
import org.polias.app.city.Problem;
import org.polias.app.city.ProblemLog;
import org.polias.model.city.CalendarEntry;
import org.polias.model.city.CalendarKind;
import org.polias.model.city.SensorKind;
import org.polias.model.city.SiteClass;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.EntityRef;
import org.polias.model.detection.Evidence;
import org.polias.model.detection.Phase;
import org.polias.model.event.Health;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.DetectionId;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.Slug;
import org.polias.model.id.TenantId;
import org.polias.model.incident.DismissalReason;
import org.polias.model.incident.OperatorCommand;
import org.polias.model.observation.ObservationId;
import org.polias.model.place.Place;
import org.polias.model.place.Position;

/**
 * Reads a stream of detections (docs/detections.md), a line at a time and in bounded memory. A line that is wrong is
 * refused with all that is wrong with it; the others are read.
 */
public final class DetectionReader {

    /** The longest line that is read, in characters. */
    static final int MOST_CHARACTERS = 1 << 20;

    private static final String DETECTION = "detection";
    private static final String TENANT = "city";
    private static final int MOST_ENTITIES = 64;
    private static final int MOST_MEASURES = 64;
    private static final int MOST_NOTED = 20;
    /** Further than any evidence goes: e^200. */
    private static final double MOST_LOG_RATIO = 200;

    private static final double LATEST_S = 1e11;
    /** More apart than any clock drifts: the year or the unit is wrong. */
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("5000-01-01T00:00:00Z");

    private static final Map<String, Set<String>> MEMBERS = Map.of(
            DETECTION,
            Set.of(
                    "id",
                    "site",
                    "type",
                    "phase",
                    "detector",
                    "sensor",
                    "gateway",
                    "time",
                    "known_at",
                    "log_likelihood_ratio",
                    "probability",
                    "prior",
                    "lat",
                    "lon",
                    "sigma_m",
                    "entities",
                    "measures",
                    "summary"),
            "site",
            Set.of("id", "name", "class", "lat", "lon", "radius_m", "people", "vulnerability"),
            "sensor",
            Set.of("site", "id", "sensor_kind", "lat", "lon", "range_m", "gateway", "reports", "detects", "interval_s"),
            "health",
            Set.of("site", "sensor", "health", "at"),
            "calendar",
            Set.of("site", "calendar", "name", "from", "until"),
            "tick",
            Set.of("at"),
            "command",
            Set.of("id", "at", "by", "action", "incident", "target", "to", "reason", "note", "evidence"));

    private static final Map<String, String> ALSO = Map.of(
            "latitude", "lat",
            "longitude", "lon",
            "lng", "lon",
            "llr", "log_likelihood_ratio",
            "sensor_id", "sensor",
            "site_id", "site",
            "t", "time");

    private final String file;
    private final SiteBook sites;
    private final Set<String> ignored = new LinkedHashSet<>();
    private long commands;

    /** A reader that finds the places of sensors in {@code sites}, and tells it of those it reads of. */
    public DetectionReader(String file, SiteBook sites) {
        this.file = file;
        this.sites = sites;
    }

    /**
     * Reads all of {@code in}.
     *
     * @param sink takes what was read, in the order of the file
     * @param refused takes what is wrong; if it throws, reading ends
     * @return how many lines held something
     */
    public long read(Reader in, Consumer<FusionLine> sink, Consumer<Problem> refused) throws IOException {
        StringBuilder line = new StringBuilder();
        char[] buffer = new char[1 << 16];
        int number = 1;
        long held = 0;
        boolean isLong = false;
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            int from = 0;
            for (int i = 0; i < length; i++) {
                if (buffer[i] == '\n') {
                    isLong |= line.length() + i - from > MOST_CHARACTERS;
                    if (!isLong) {
                        line.append(buffer, from, i - from);
                    }
                    held += take(line, number++, isLong, sink, refused);
                    line.setLength(0);
                    isLong = false;
                    from = i + 1;
                }
            }
            isLong |= line.length() + length - from > MOST_CHARACTERS;
            if (!isLong) {
                line.append(buffer, from, length - from);
            }
        }
        return held + take(line, number, isLong, sink, refused);
    }

    /** Members that mean nothing here and were left aside, the first few. */
    public Set<String> ignoredMembers() {
        return Set.copyOf(ignored);
    }

    private int take(
            StringBuilder text, int number, boolean isLong, Consumer<FusionLine> sink, Consumer<Problem> refused) {
        if (isLong) {
            refused.accept(new Problem(
                    file,
                    number,
                    "",
                    "The line has more than %d characters.".formatted(MOST_CHARACTERS),
                    "Maybe the file has no line ends: one object a line is expected."));
            return 1;
        }
        String line =
                number == 1 && !text.isEmpty() && text.charAt(0) == '\uFEFF' ? text.substring(1) : text.toString();
        if (line.isBlank()) {
            return 0;
        }
        ProblemLog log = new ProblemLog();
        Optional<FusionLine> read = JsonText.read(file, line, log).flatMap(node -> line(node, number, log));
        if (log.isEmpty() && read.isPresent()) {
            sink.accept(read.get());
        } else {
            for (Problem problem : log.list()) {
                refused.accept(new Problem(file, number, problem.value(), problem.message(), problem.advice()));
            }
        }
        return 1;
    }

    private Optional<FusionLine> line(Node node, int number, ProblemLog log) {
        if (!(node instanceof Node.Mapping mapping)) {
            log.add(
                    file,
                    number,
                    "",
                    "There is %s; an object is expected.".formatted(node.describe()),
                    "Maybe begin with {\"type\": \"acoustic.gunshot\", ...");
            return Optional.empty();
        }
        String kind = mapping.text("kind").orElse(DETECTION);
        Set<String> known = MEMBERS.get(kind);
        if (known == null) {
            log.add(
                    file,
                    number,
                    kind,
                    "The line has the \"kind\" %s; there are %s."
                            .formatted(ProblemLog.quote(kind), String.join(", ", new TreeMap<>(MEMBERS).keySet())),
                    Nearest.advice(kind, MEMBERS.keySet(), "Maybe see docs/detections.md."));
            return Optional.empty();
        }
        Fields fields =
                new Fields(file, "The %s of line %d".formatted(kind, number), renamed(mapping, known), known, log);
        try {
            Optional<FusionLine> line =
                    switch (kind) {
                        case "site" -> site(fields);
                        case "sensor" -> sensor(fields);
                        case "health" -> health(fields);
                        case "calendar" -> calendar(fields);
                        case "tick" -> time(fields, "at", true).map(FusionLine.TickLine::new);
                        case "command" -> command(fields);
                        default -> detection(fields);
                    };
            return fields.areSound() ? line : Optional.empty();
        } catch (IllegalArgumentException e) {
            // A value that the model refuses though each member by itself is in order.
            String[] said = String.valueOf(e.getMessage()).split("\\R", 2);
            log.add(file, number, "", said[0], said.length > 1 ? said[1] : "");
            return Optional.empty();
        }
    }

    private Optional<FusionLine> detection(Fields fields) {
        Optional<SiteKey> site = site(fields, "site");
        Optional<DetectionType> type = fields.findOneOf("type", List.of(DetectionType.values()), DetectionType::code);
        if (type.isEmpty()) {
            fields.requirePresent("type", "Maybe \"acoustic.gunshot\"; docs/detections.md lists all.");
        }
        Phase phase = fields.findOneOf("phase", Phase.class).orElse(Phase.MOMENT);
        String detector = fields.findText("detector").orElse("external");
        String sensor = fields.id("sensor");
        Optional<String> gateway = fields.findText("gateway");
        Optional<Instant> time = time(fields, "time", true);
        Optional<Instant> knownAt = time(fields, "known_at", false);
        double ratio = ratio(fields, phase);
        Optional<Double> lat = fields.findNumber("lat", -90, 90, "degrees from -90 to 90");
        Optional<Double> lon = fields.findNumber("lon", -180, 180, "degrees from -180 to 180");
        if (lat.isPresent() != lon.isPresent()) {
            fields.requirePresent(lat.isPresent() ? "lon" : "lat", "Maybe give both, or neither.");
        }
        Optional<Double> sigma = fields.findNumber("sigma_m", 0.01, 1e6, "0.01 m to 1000 km");
        List<EntityRef> entities = entities(fields, sensor, gateway);
        Map<String, Double> measures = measures(fields);
        Optional<String> id = fields.findId("id");
        if (!fields.areSound() || site.isEmpty() || type.isEmpty() || time.isEmpty()) {
            return Optional.empty();
        }
        DatastreamId stream = new DatastreamId(sensor);
        Place known = sites.placeOf(site.get(), stream);
        boolean isPlaced = lat.isPresent();
        Place place = isPlaced
                ? Place.within(new Position(lon.orElseThrow(), lat.get()), sigma.orElseGet(() -> sites.findSensor(
                                site.get(), stream)
                        .map(FusionLine.SensorLine::range_m)
                        .orElse(SiteBook.UNKNOWN_RANGE_M)))
                : sigma.map(said -> Place.within(known.position(), said)).orElse(known);
        DetectionId detectionId = id.map(DetectionId::new)
                .orElseGet(() -> Detection.idOf(site.get(), type.get(), phase, detector, sensor, time.get()));
        FusionLine.Claim claim = new FusionLine.Claim(
                new Detection(
                        detectionId,
                        site.get(),
                        type.get(),
                        phase,
                        detector,
                        sensor,
                        time.get(),
                        knownAt.orElse(time.get()),
                        ratio,
                        place,
                        entities,
                        List.of(new Evidence(
                                stream, ObservationId.ofDeviceIdentity(stream, detectionId.value()), time.get())),
                        measures,
                        fields.findText("summary").orElseGet(() -> "%s reports %s."
                                .formatted(sensor, type.get().code()))),
                gateway,
                isPlaced);
        sites.see(claim);
        return Optional.of(claim);
    }

    /** ln P(observed | so) / P(observed | not so), said so, or as a probability before and after. */
    private static double ratio(Fields fields, Phase phase) {
        Optional<Double> said = fields.findNumber(
                "log_likelihood_ratio", -MOST_LOG_RATIO, MOST_LOG_RATIO, "a natural logarithm from -200 to 200");
        Optional<Double> probability =
                fields.findNumber("probability", 1e-12, 1 - 1e-12, "a probability above 0 and below 1");
        Optional<Double> prior = fields.findNumber("prior", 1e-12, 1 - 1e-12, "a probability above 0 and below 1");
        if (phase == Phase.END) {
            return 0;
        }
        if (said.isEmpty() && probability.isEmpty()) {
            if (fields.find("probability").isEmpty()) {
                fields.requirePresent(
                        "log_likelihood_ratio", "Maybe give it, or \"probability\" with \"prior\" instead.");
            }
            return 0;
        }
        return said.orElseGet(() -> logit(probability.orElseThrow()) - logit(prior.orElse(0.5)));
    }

    private static double logit(double probability) {
        return StrictMath.log(probability) - StrictMath.log1p(-probability);
    }

    private List<EntityRef> entities(Fields fields, String sensor, Optional<String> gateway) {
        Set<EntityRef> entities = new LinkedHashSet<>();
        entities.add(new EntityRef(EntityRef.SENSOR, sensor));
        gateway.ifPresent(name -> entities.add(new EntityRef(EntityRef.GATEWAY, name)));
        switch (fields.find("entities").orElse(new Node.Items(0, List.of()))) {
            case Node.Items items -> {
                for (Node item : items.items()) {
                    Optional<String> kind = item instanceof Node.Mapping one ? one.text("kind") : Optional.empty();
                    Optional<String> value = item instanceof Node.Mapping one ? one.text("value") : Optional.empty();
                    if (kind.isEmpty()
                            || value.isEmpty()
                            || kind.get().isBlank()
                            || value.get().length() > 500) {
                        fields.fail(
                                "entities",
                                "",
                                "has %s among its \"entities\"; {\"kind\", \"value\"} is expected."
                                        .formatted(item.describe()),
                                "Maybe {\"kind\": \"ip\", \"value\": \"10.0.0.1\"}.");
                    } else {
                        entities.add(new EntityRef(kind.get(), value.get()));
                    }
                }
            }
            case Node.Scalar _, Node.Mapping _ ->
                fields.fail("entities", "", "has \"entities\" that are no list.", "Maybe put [ ] around them.");
        }
        if (entities.size() > MOST_ENTITIES) {
            fields.fail(
                    "entities",
                    "",
                    "has %d entities; at most %d are allowed.".formatted(entities.size(), MOST_ENTITIES),
                    "");
        }
        return List.copyOf(entities);
    }

    private static Map<String, Double> measures(Fields fields) {
        Map<String, Double> measures = new TreeMap<>();
        switch (fields.find("measures").orElse(new Node.Mapping(0, List.of()))) {
            case Node.Mapping mapping -> {
                if (mapping.entries().size() > MOST_MEASURES) {
                    fields.fail("measures", "", "has more than %d measures.".formatted(MOST_MEASURES), "");
                    return measures;
                }
                for (Node.Entry entry : mapping.entries()) {
                    Optional<Double> number = entry.value() instanceof Node.Scalar one
                            ? Fields.parseNumber(one.text())
                            : Optional.empty();
                    if (number.isPresent()) {
                        measures.put(entry.key(), number.get());
                    } else {
                        fields.fail(
                                "measures",
                                "",
                                "has the measure %s, which is %s; a number is expected."
                                        .formatted(
                                                ProblemLog.quote(entry.key()),
                                                entry.value().describe()),
                                "");
                    }
                }
            }
            case Node.Scalar _, Node.Items _ ->
                fields.fail("measures", "", "has \"measures\" that are no object.", "Maybe {\"level_dB\": 90}.");
        }
        return measures;
    }

    private Optional<FusionLine> site(Fields fields) {
        Optional<SiteKey> key = site(fields, "id");
        double lat = fields.number("lat", -90, 90, "degrees from -90 to 90", "Maybe write the latitude.");
        double lon = fields.number("lon", -180, 180, "degrees from -180 to 180", "Maybe write the longitude.");
        SiteClass siteClass = fields.findOneOf("class", SiteClass.class).orElse(SiteClass.STREET);
        double radius =
                fields.findNumber("radius_m", 1, 100_000, "1 m to 100 km").orElse(500.0);
        int people = fields.findWholeNumber("people", 0, 10_000_000).orElse(0);
        double vulnerability =
                fields.findNumber("vulnerability", 0.1, 10, "0.1 to 10").orElse(1.0);
        Optional<String> name = fields.findText("name");
        if (!fields.areSound() || key.isEmpty()) {
            return Optional.empty();
        }
        FusionLine.SiteLine line = new FusionLine.SiteLine(
                key.get(),
                name.orElse(key.get().site().value()),
                siteClass,
                new Position(lon, lat),
                radius,
                people,
                vulnerability);
        sites.add(line);
        return Optional.of(line);
    }

    private Optional<FusionLine> sensor(Fields fields) {
        Optional<SiteKey> site = site(fields, "site");
        String id = fields.id("id");
        SensorKind kind = fields.findOneOf("sensor_kind", SensorKind.class).orElse(SensorKind.OTHER);
        double lat = fields.number("lat", -90, 90, "degrees from -90 to 90", "Maybe write the latitude.");
        double lon = fields.number("lon", -180, 180, "degrees from -180 to 180", "Maybe write the longitude.");
        double range =
                fields.findNumber("range_m", 0.1, 100_000, "0.1 m to 100 km").orElse(SiteBook.UNKNOWN_RANGE_M);
        Optional<String> gateway = fields.findText("gateway");
        double detects = fields.findNumber("detects", 0, 1, "a probability").orElse(0.9);
        Optional<Double> interval = fields.findNumber("interval_s", 0.001, 31_536_000, "1 ms to a year");
        List<DetectionType> reports = new ArrayList<>();
        for (Node.Scalar scalar : fields.scalars("reports")) {
            fields.oneOf("reports", scalar.line(), scalar.text(), List.of(DetectionType.values()), DetectionType::code)
                    .ifPresent(reports::add);
        }
        if (!fields.areSound() || site.isEmpty()) {
            return Optional.empty();
        }
        FusionLine.SensorLine line = new FusionLine.SensorLine(
                site.get(),
                new DatastreamId(id),
                kind,
                new Position(lon, lat),
                range,
                gateway,
                reports.stream().distinct().sorted().toList(),
                detects,
                interval.map(s -> Duration.ofMillis(Math.max(1, Math.round(s * 1000)))));
        sites.add(line);
        return Optional.of(line);
    }

    private Optional<FusionLine> health(Fields fields) {
        DatastreamId sensor = new DatastreamId(fields.id("sensor"));
        Optional<SiteKey> site = fields.find("site").isPresent()
                ? site(fields, "site")
                : sites.findSiteOf(sensor).or(() -> site(fields, "site"));
        Health health = fields.oneOf("health", Health.class);
        Optional<Instant> at = time(fields, "at", true);
        return site.flatMap(key -> at.map(when -> new FusionLine.HealthLine(key, sensor, health, when)));
    }

    private Optional<FusionLine> calendar(Fields fields) {
        Optional<SiteKey> site = site(fields, "site");
        CalendarKind kind = fields.oneOf("calendar", CalendarKind.class);
        String name = fields.findText("name").orElse(Fields.code(kind));
        Optional<Instant> from = time(fields, "from", true);
        Optional<Instant> until = time(fields, "until", true);
        if (!fields.areSound() || site.isEmpty() || from.isEmpty() || until.isEmpty()) {
            return Optional.empty();
        }
        FusionLine.CalendarLine line = new FusionLine.CalendarLine(
                site.get(), new CalendarEntry(kind, name, from.get(), until.get(), Optional.empty()));
        sites.add(line);
        return Optional.of(line);
    }

    private Optional<FusionLine> command(Fields fields) {
        Optional<Instant> at = time(fields, "at", true);
        IncidentId incident = new IncidentId(fields.id("incident"));
        String by = fields.findText("by").orElse("operator");
        String id = fields.findText("id").orElse("line-" + ++commands);
        String note = fields.findText("note").orElse("");
        List<String> actions =
                List.of("acknowledge", "assign", "note", "resolve", "dismiss", "reopen", "merge", "split");
        Optional<String> action = fields.findOneOf("action", actions, each -> each);
        if (action.isEmpty()) {
            fields.requirePresent("action", "Maybe one of %s.".formatted(String.join(", ", actions)));
        }
        OperatorCommand command =
                switch (action.orElse("note")) {
                    case "acknowledge" -> new OperatorCommand.Acknowledge(id, incident, by);
                    case "assign" ->
                        new OperatorCommand.Assign(id, incident, by, fields.text("to", "Maybe name a user."));
                    case "resolve" -> new OperatorCommand.Resolve(id, incident, by, note);
                    case "dismiss" ->
                        new OperatorCommand.Dismiss(
                                id,
                                incident,
                                by,
                                fields.findOneOf("reason", DismissalReason.class)
                                        .orElse(DismissalReason.FALSE_ALARM),
                                note);
                    case "reopen" -> new OperatorCommand.Reopen(id, incident, by, note);
                    case "merge" -> new OperatorCommand.Merge(id, incident, by, new IncidentId(fields.id("target")));
                    case "split" -> new OperatorCommand.Split(id, incident, by, evidence(fields), note);
                    default -> new OperatorCommand.Note(id, incident, by, note);
                };
        return at.map(when -> new FusionLine.OperatorLine(when, command));
    }

    private static List<String> evidence(Fields fields) {
        return fields.scalars("evidence").stream().map(Node.Scalar::text).toList();
    }

    private static Optional<SiteKey> site(Fields fields, String member) {
        String written = fields.findText(member).orElse("site");
        String[] parts = written.split("/", 2);
        String tenant = parts.length == 2 ? parts[0] : TENANT;
        String site = parts[parts.length - 1];
        if (Slug.isValid(tenant) && Slug.isValid(site)) {
            return Optional.of(new SiteKey(new TenantId(tenant), new SiteId(site)));
        }
        fields.fail(
                member,
                written,
                "has the %s %s, which cannot name a site."
                        .formatted(ProblemLog.quote(member), ProblemLog.quote(written)),
                "Maybe write \"site\" or \"tenant/site\" with letters, digits and '-'.");
        return Optional.empty();
    }

    private static Optional<Instant> time(Fields fields, String member, boolean isNeeded) {
        Optional<String> text = fields.findText(member);
        if (text.isEmpty()) {
            if (isNeeded) {
                fields.requirePresent(
                        member, "Maybe write an instant such as \"2026-11-21T20:15:03.214Z\", or seconds since 1970.");
            }
            return Optional.empty();
        }
        String written = text.get();
        Optional<Double> number = Fields.parseNumber(written);
        Optional<Instant> instant = Optional.empty();
        if (number.isPresent() && Math.abs(number.get()) < LATEST_S) {
            BigDecimal seconds = Math.abs(number.get()) < 1e-9
                    ? BigDecimal.ZERO
                    : new BigDecimal(written).setScale(9, RoundingMode.HALF_EVEN);
            BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
            instant = Optional.of(Instant.ofEpochSecond(
                    whole.longValueExact(),
                    seconds.subtract(whole).movePointRight(9).longValue()));
        } else if (number.isEmpty()) {
            try {
                instant = Optional.of(OffsetDateTime.parse(written).toInstant());
            } catch (DateTimeException notAnInstant) {
                // Said below, with the value.
            }
        }
        instant = instant.filter(when -> !when.isBefore(EARLIEST) && when.isBefore(LATEST));
        if (instant.isEmpty()) {
            fields.fail(
                    member,
                    written,
                    "has the %s %s, which is neither an instant nor seconds since 1970."
                            .formatted(ProblemLog.quote(member), ProblemLog.quote(written)),
                    number.isPresent() ? "Maybe it is in milliseconds." : "Maybe write \"2026-11-21T20:15:03.214Z\".");
        }
        return instant;
    }

    private Node.Mapping renamed(Node.Mapping mapping, Set<String> known) {
        List<Node.Entry> entries = new ArrayList<>();
        for (Node.Entry entry : mapping.entries()) {
            String name = known.contains(entry.key()) ? entry.key() : ALSO.getOrDefault(entry.key(), entry.key());
            if (known.contains(name)) {
                entries.add(new Node.Entry(entry.line(), name, entry.value()));
            } else if (!name.equals("kind") && ignored.size() < MOST_NOTED) {
                ignored.add(ProblemLog.shorten(entry.key()));
            }
        }
        return new Node.Mapping(mapping.line(), entries);
    }
}
