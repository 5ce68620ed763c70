// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.polias.model.city.Asset;
import org.polias.model.city.AssetKind;
import org.polias.model.city.City;
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
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.IncidentType;
import org.polias.model.place.Polygon;
import org.polias.model.place.Position;
import org.polias.model.response.Playbook;
import org.polias.model.response.PlaybookStep;

/**
 * One run over a city's folder. The files are read in the order in which they refer to each other; an element that is wrong in
 * itself still counts as declared, so that what refers to it is not reported as well.
 */
final class CityFolder {

    private static final String CITY = "city.yaml";
    private static final String ZONES = "zones.geojson";
    private static final String ASSETS = "assets.geojson";
    private static final String DETECTORS = "detectors.yaml";
    private static final String PLAYBOOKS = "playbooks.yaml";
    private static final String SOURCES = "sources.yaml";
    private static final List<String> TABLES = List.of("things", "sensors", "datastreams");
    private static final String BOUNDARY = "boundary";
    private static final int MAX_PEOPLE = 10_000_000;
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /** The kind of result that the properties with a meaning of their own have. */
    private static final Map<String, ResultKind> KNOWN_PROPERTIES = Map.of(
            ObservedProperty.SOUND_LEVEL, ResultKind.QUANTITY,
            ObservedProperty.PERSON_COUNT, ResultKind.COUNT,
            ObservedProperty.AMMONIA, ResultKind.QUANTITY,
            ObservedProperty.CARBON_MONOXIDE, ResultKind.QUANTITY,
            ObservedProperty.AIR_TEMPERATURE, ResultKind.QUANTITY,
            ObservedProperty.WIND_SPEED, ResultKind.QUANTITY,
            ObservedProperty.WIND_DIRECTION, ResultKind.QUANTITY,
            ObservedProperty.ACCESS_EVENT, ResultKind.EVENT,
            ObservedProperty.NETWORK_EVENT, ResultKind.EVENT);

    private final Path folder;
    private final Function<SiteDefinition, List<String>> detectorCheck;
    private final ProblemLog log = new ProblemLog();

    private final Map<String, SiteDraft> sites = new LinkedHashMap<>();
    private final Map<String, Declared> zones = new LinkedHashMap<>();
    private final Map<String, Declared> assets = new LinkedHashMap<>();
    private final Map<String, Declared> things = new LinkedHashMap<>();
    private final Map<String, Declared> sensors = new LinkedHashMap<>();
    private final Map<String, Declared> datastreams = new LinkedHashMap<>();
    private final Set<String> observedProperties = new TreeSet<>();
    private final List<Configured> detectors = new ArrayList<>();
    private final Map<String, PlaybookDraft> playbooks = new TreeMap<>();
    private final List<EveSource> sources = new ArrayList<>();

    CityFolder(Path folder, Function<SiteDefinition, List<String>> detectorCheck) {
        this.folder = folder;
        this.detectorCheck = detectorCheck;
    }

    Loading load() {
        if (!Files.isDirectory(folder)) {
            log.add(
                    folder.toString(),
                    0,
                    folder.toString(),
                    Files.exists(folder) ? "This is not a folder." : "There is no such folder.",
                    "Maybe name the folder that holds %s.".formatted(CITY));
            return refused();
        }
        checkNames();
        Optional<Header> header = readCity();
        readZones();
        readAssets();
        readTable(
                "things", List.of("site", "id", "name", "longitude", "latitude", "asset", "gateway"), this::readThing);
        readTable("sensors", List.of("id", "thing", "kind", "model", "range_m"), this::readSensor);
        readTable(
                "datastreams",
                List.of(
                        "id",
                        "sensor",
                        "name",
                        "property",
                        "result",
                        "unit",
                        "zone",
                        "interval",
                        "plausibleLow",
                        "plausibleHigh",
                        "resolution",
                        "maxLateness"),
                this::readDatastream);
        readList(DETECTORS, this::readDetector);
        readList(PLAYBOOKS, this::readPlaybook);
        readList(SOURCES, this::readSource);
        checkSources();
        if (header.isEmpty() || !log.isEmpty()) {
            return refused();
        }
        List<SiteDefinition> definitions =
                sites.values().stream().map(site -> define(header.get(), site)).toList();
        definitions.forEach(this::checkDetectors);
        if (!log.isEmpty()) {
            return refused();
        }
        return new Loading.Loaded(
                new City(
                        header.get().tenant,
                        header.get().name,
                        header.get().timeZone,
                        header.get().simulated,
                        definitions),
                sources);
    }

    private Loading refused() {
        return new Loading.Refused(new Problems(folder.toString(), log.list()));
    }

    // The folder

    private void checkNames() {
        Set<String> known = new TreeSet<>(List.of(CITY, ZONES, ASSETS, DETECTORS, PLAYBOOKS, SOURCES));
        TABLES.forEach(table -> known.addAll(List.of(table + ".yaml", table + ".csv")));
        List<String> present = listNames();
        for (String name : present) {
            if (known.contains(name)) {
                continue;
            }
            Optional<String> meant = Nearest.find(name, known);
            if (meant.isPresent() && !present.contains(meant.get())) {
                log.add(
                        name,
                        0,
                        name,
                        "%s is not a file that a city has.".formatted(name),
                        "Maybe you meant \"%s\".".formatted(meant.get()));
            }
        }
        for (String table : TABLES) {
            if (present.contains(table + ".yaml") && present.contains(table + ".csv")) {
                log.add(
                        table + ".csv",
                        0,
                        "",
                        "There are both %s.yaml and %s.csv.".formatted(table, table),
                        "Maybe remove the one that is out of date.");
            }
        }
    }

    private List<String> listNames() {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            log.add(
                    folder.toString(),
                    0,
                    "",
                    "The folder cannot be listed: %s.".formatted(e.getClass().getSimpleName()),
                    "Maybe its permissions do not let this user read it.");
            return List.of();
        }
    }

    private Optional<Node> readYaml(String file) {
        return TextFile.read(folder.resolve(file), file, log).flatMap(text -> YamlText.read(file, text, log));
    }

    /** Reads a file that is a list of mappings; a file that is not there is an empty list. */
    private void readList(String file, BiConsumer<String, Node.Mapping> each) {
        if (Files.exists(folder.resolve(file))) {
            readYaml(file).ifPresent(node -> eachMapping(file, node, each));
        }
    }

    private void readTable(String name, List<String> columns, BiConsumer<String, Node.Mapping> each) {
        readList(name + ".yaml", each);
        String csv = name + ".csv";
        if (Files.exists(folder.resolve(csv)) && !Files.exists(folder.resolve(name + ".yaml"))) {
            TextFile.read(folder.resolve(csv), csv, log)
                    .flatMap(text -> CsvText.read(csv, text, log))
                    .ifPresent(node -> eachMapping(
                            csv, node, (file, row) -> each.accept(file, CsvColumns.nest(file, row, columns, log))));
        }
    }

    private void eachMapping(String file, Node node, BiConsumer<String, Node.Mapping> each) {
        switch (node) {
            case Node.Scalar scalar when scalar.absent() -> {}
            case Node.Items items -> {
                for (Node item : items.items()) {
                    if (item instanceof Node.Mapping mapping) {
                        each.accept(file, mapping);
                    } else {
                        log.add(
                                file,
                                item.line(),
                                "",
                                "The list has %s as an element; a mapping is expected.".formatted(item.describe()),
                                "Maybe the indentation of the lines below it.");
                    }
                }
            }
            case Node.Scalar _, Node.Mapping _ ->
                log.add(
                        file,
                        node.line(),
                        "",
                        "%s is %s; a list is expected.".formatted(file, node.describe()),
                        "Maybe begin each element with \"- \".");
        }
    }

    // city.yaml

    private Optional<Header> readCity() {
        if (!Files.exists(folder.resolve(CITY))) {
            log.add(
                    CITY,
                    0,
                    "",
                    "There is no %s in %s.".formatted(CITY, folder),
                    "Maybe this is not the folder of a city.");
            return Optional.empty();
        }
        Optional<Node> node = readYaml(CITY);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (!(node.get() instanceof Node.Mapping mapping)) {
            log.add(
                    CITY,
                    node.get().line(),
                    "",
                    "%s is %s; a mapping is expected."
                            .formatted(CITY, node.get().describe()),
                    "Maybe begin with \"tenant: NAME\".");
            return Optional.empty();
        }
        Fields fields =
                new Fields(CITY, "The city", mapping, List.of("tenant", "name", "timeZone", "simulated", "sites"), log);
        String tenant = fields.id("tenant");
        String name = fields.text("name", "Maybe write the city's name.");
        String zone = fields.text("timeZone", "Maybe write \"Europe/Prague\".");
        boolean simulated = fields.findTruth("simulated").orElse(false);
        Optional<ZoneId> timeZone = Optional.empty();
        if (fields.find("timeZone").isPresent()) {
            try {
                timeZone = Optional.of(ZoneId.of(zone));
            } catch (DateTimeException e) {
                fields.fail(
                        "timeZone",
                        zone,
                        "has the time zone %s, which is unknown.".formatted(ProblemLog.quote(zone)),
                        Nearest.advice(zone, ZoneId.getAvailableZoneIds(), "Maybe write \"Europe/Prague\"."));
            }
        }
        fields.find("sites").ifPresent(list -> eachMapping(CITY, list, this::readSite));
        if (sites.isEmpty()) {
            fields.fail("sites", "", "has no sites.", "Maybe add one to the list \"sites\".");
        }
        return fields.areSound() && timeZone.isPresent()
                ? Optional.of(new Header(new TenantId(tenant), name, timeZone.get(), simulated))
                : Optional.empty();
    }

    private void readSite(String file, Node.Mapping mapping) {
        Fields fields = new Fields(
                file,
                title("site", mapping),
                mapping,
                List.of("id", "name", "class", "origin", "expectedPeople", "vulnerability"),
                log);
        String id = fields.id("id");
        String name = fields.text("name", "Maybe write what people call it.");
        SiteClass siteClass = fields.oneOf("class", SiteClass.class);
        int people = fields.findWholeNumber("expectedPeople", 0, MAX_PEOPLE).orElse(0);
        double vulnerability =
                fields.findNumber("vulnerability", 0.1, 10, "0.1 to 10").orElse(1.0);
        fields.requirePresent("origin", "Maybe write \"origin: [longitude, latitude]\".");
        Optional<Position> origin =
                fields.find("origin").flatMap(node -> new Shapes(file, log).position(node, title("site", mapping)));
        Declared declared = new Declared(file, mapping.line(), Optional.of(id));
        if (sites.containsKey(id)) {
            duplicate("site", id, declared, sites.get(id).declared);
            return;
        }
        sites.put(
                id,
                new SiteDraft(
                        declared,
                        fields.areSound() && origin.isPresent()
                                ? Optional.of(new Site(
                                        new SiteId(id),
                                        name,
                                        siteClass,
                                        origin.get(),
                                        Optional.empty(),
                                        people,
                                        vulnerability))
                                : Optional.empty()));
    }

    // zones.geojson, assets.geojson

    private void eachFeature(String file, BiConsumer<Node.Mapping, Node.Mapping> each) {
        if (!Files.exists(folder.resolve(file))) {
            return;
        }
        Optional<Node> node =
                TextFile.read(folder.resolve(file), file, log).flatMap(text -> JsonText.read(file, text, log));
        if (node.isEmpty()) {
            return;
        }
        Optional<Node> features = node.get() instanceof Node.Mapping collection
                        && member(collection, "type")
                                .filter("FeatureCollection"::equals)
                                .isPresent()
                ? find(collection, "features")
                : Optional.empty();
        if (features.isEmpty() || !(features.get() instanceof Node.Items items)) {
            log.add(
                    file,
                    node.get().line(),
                    "",
                    "%s is not a FeatureCollection with features.".formatted(file),
                    "Maybe export it as GeoJSON.");
            return;
        }
        for (Node item : items.items()) {
            if (item instanceof Node.Mapping feature
                    && find(feature, "properties").orElse(null) instanceof Node.Mapping properties) {
                each.accept(feature, properties);
            } else {
                log.add(file, item.line(), "", "The feature has no properties.", "Maybe give it \"id\" and \"kind\".");
            }
        }
    }

    private void readZones() {
        eachFeature(ZONES, (feature, properties) -> {
            boolean boundary = member(properties, "kind").equals(Optional.of(BOUNDARY));
            String what = boundary ? "The boundary" : title("zone", properties);
            Fields fields = new Fields(
                    ZONES,
                    what,
                    properties,
                    boundary
                            ? List.of("site", "id", "name", "kind")
                            : List.of(
                                    "site",
                                    "id",
                                    "name",
                                    "kind",
                                    "walkable_m2",
                                    "safeDensity_per_m2",
                                    "expectedPeople"),
                    log);
            Optional<SiteDraft> site = siteOf(fields);
            Optional<Polygon> shape = site.flatMap(SiteDraft::site).flatMap(known -> new Shapes(ZONES, log)
                    .polygon(find(feature, "geometry"), feature.line(), what, known.origin()));
            if (boundary) {
                site.ifPresent(known -> shape.ifPresent(polygon -> known.bound(polygon, fields)));
                return;
            }
            String id = fields.id("id");
            String name = fields.text("name", "Maybe write what people call it.");
            ZoneKind kind = fields.oneOf("kind", ZoneKind.class);
            Optional<Double> walkable_m2 = fields.findNumber("walkable_m2", 0.01, 1e9, "an area above 0 m2");
            Optional<Double> safeDensity_per_m2 =
                    fields.findNumber("safeDensity_per_m2", 0.01, 10, "0.01 to 10 people per m2");
            int people = fields.findWholeNumber("expectedPeople", 0, MAX_PEOPLE).orElse(0);
            declare(zones, "zone", id, new Declared(ZONES, feature.line(), site.map(SiteDraft::id)));
            if (fields.areSound() && site.isPresent() && shape.isPresent()) {
                site.get()
                        .zones
                        .add(new Zone(
                                new org.polias.model.id.ZoneId(id),
                                name,
                                kind,
                                shape.get(),
                                walkable_m2.orElseGet(shape.get()::area_m2),
                                safeDensity_per_m2,
                                people));
            }
        });
    }

    private void readAssets() {
        eachFeature(ASSETS, (feature, properties) -> {
            String what = title("asset", properties);
            Fields fields = new Fields(
                    ASSETS,
                    what,
                    properties,
                    List.of("site", "id", "name", "kind", "zone", "importance", "addresses"),
                    log);
            Optional<SiteDraft> site = siteOf(fields);
            Optional<Position> position = site.flatMap(SiteDraft::site).flatMap(known -> new Shapes(ASSETS, log)
                    .point(find(feature, "geometry"), feature.line(), what, known.origin()));
            String id = fields.id("id");
            String name = fields.text("name", "Maybe write what people call it.");
            AssetKind kind = fields.oneOf("kind", AssetKind.class);
            double importance =
                    fields.findNumber("importance", 0.1, 10, "0.1 to 10").orElse(1.0);
            Optional<String> zone = reference(fields, "zone", zones, site.map(SiteDraft::id));
            List<String> addresses = new ArrayList<>();
            for (Node.Scalar address : fields.scalars("addresses")) {
                if (isAddress(address.text())) {
                    addresses.add(address.text());
                } else {
                    fields.fail(
                            "addresses",
                            address.text(),
                            "has the address %s, which is neither an IP address nor a network (CIDR)."
                                    .formatted(ProblemLog.quote(address.text())),
                            "Maybe write \"10.20.3.7\" or \"10.20.3.0/24\".");
                }
            }
            declare(assets, "asset", id, new Declared(ASSETS, feature.line(), site.map(SiteDraft::id)));
            if (fields.areSound() && site.isPresent() && position.isPresent()) {
                site.get()
                        .assets
                        .add(new Asset(
                                new AssetId(id),
                                name,
                                kind,
                                position.get(),
                                zone.map(org.polias.model.id.ZoneId::new),
                                importance,
                                addresses));
            }
        });
    }

    // things, sensors, datastreams

    private void readThing(String file, Node.Mapping mapping) {
        String what = title("thing", mapping);
        Fields fields =
                new Fields(file, what, mapping, List.of("site", "id", "name", "position", "asset", "gateway"), log);
        Optional<SiteDraft> site = siteOf(fields);
        String id = fields.id("id");
        String name = fields.findText("name").orElse(id);
        fields.requirePresent("position", "Maybe write its longitude and latitude.");
        Shapes shapes = new Shapes(file, log);
        Optional<Position> position = fields.find("position")
                .flatMap(node -> shapes.position(node, what))
                .filter(at -> site.flatMap(SiteDraft::site)
                        .map(known -> shapes.isNear(at, fields.line("position"), what, known.origin()))
                        .orElse(false));
        Optional<String> asset = reference(fields, "asset", assets, site.map(SiteDraft::id));
        Optional<String> gateway = fields.findId("gateway");
        declare(things, "thing", id, new Declared(file, mapping.line(), site.map(SiteDraft::id)));
        if (fields.areSound() && site.isPresent() && position.isPresent()) {
            site.get().things.add(new Thing(new ThingId(id), name, position.get(), asset.map(AssetId::new), gateway));
        }
    }

    private void readSensor(String file, Node.Mapping mapping) {
        Fields fields = new Fields(
                file, title("sensor", mapping), mapping, List.of("id", "thing", "kind", "model", "range_m"), log);
        String id = fields.id("id");
        SensorKind kind = fields.oneOf("kind", SensorKind.class);
        String model = fields.findText("model").orElse("");
        double range_m = fields.number(
                "range_m",
                0.1,
                100_000,
                "a distance from 0.1 to 100000 m",
                "Maybe write how far it sees or hears, in metres.");
        fields.requirePresent("thing", "Maybe write the id of the thing that carries it.");
        Optional<String> thing = reference(fields, "thing", things, Optional.empty());
        Optional<String> site = thing.flatMap(name -> siteOf(things, name));
        declare(sensors, "sensor", id, new Declared(file, mapping.line(), site));
        if (fields.areSound() && thing.isPresent() && site.isPresent()) {
            sites.get(site.get())
                    .sensors
                    .add(new Sensor(new SensorId(id), new ThingId(thing.get()), kind, model, range_m));
        }
    }

    private void readDatastream(String file, Node.Mapping mapping) {
        Fields fields = new Fields(
                file,
                title("datastream", mapping),
                mapping,
                List.of(
                        "id",
                        "sensor",
                        "name",
                        "property",
                        "result",
                        "unit",
                        "zone",
                        "interval",
                        "plausible",
                        "resolution",
                        "maxLateness",
                        "mapping"),
                log);
        String id = fields.id("id");
        String name = fields.findText("name").orElse(id);
        String property = fields.id("property");
        ResultKind result = fields.oneOf("result", ResultKind.class);
        String unit = fields.findText("unit").orElse("");
        fields.requirePresent("sensor", "Maybe write the id of the sensor that measures it.");
        Optional<String> sensor = reference(fields, "sensor", sensors, Optional.empty());
        Optional<String> site = sensor.flatMap(known -> siteOf(sensors, known));
        Optional<String> zone = reference(fields, "zone", zones, site);
        Optional<java.time.Duration> interval = fields.findDuration("interval");
        Optional<java.time.Duration> maxLateness = fields.findDuration("maxLateness");
        double resolution =
                fields.findNumber("resolution", 0, 1e12, "0 or more").orElse(0.0);
        Optional<Range> plausible = plausible(fields, result);
        Map<String, String> paths = mapping(fields, result);
        ResultKind expected = KNOWN_PROPERTIES.get(property);
        if (expected != null && expected != result && fields.find("result").isPresent()) {
            fields.fail(
                    "result",
                    Fields.code(result),
                    "has results of the kind %s, but %s is a %s."
                            .formatted(Fields.code(result), property, Fields.code(expected)),
                    "Maybe write \"%s\".".formatted(Fields.code(expected)));
        }
        if (property.equals(ObservedProperty.PERSON_COUNT)
                && fields.find("zone").isEmpty()) {
            fields.fail(
                    "zone", "", "counts people but has no \"zone\".", "Maybe write the zone in which it counts them.");
        }
        if (fields.find("property").isPresent()) {
            observedProperties.add(property);
        }
        declare(datastreams, "datastream", id, new Declared(file, mapping.line(), site));
        if (fields.areSound() && sensor.isPresent() && site.isPresent()) {
            SiteDraft draft = sites.get(site.get());
            draft.properties.add(property);
            draft.datastreams.add(new Datastream(
                    new DatastreamId(id),
                    new SensorId(sensor.get()),
                    name,
                    property,
                    result,
                    unit,
                    zone.map(org.polias.model.id.ZoneId::new),
                    interval,
                    plausible,
                    resolution,
                    maxLateness,
                    paths));
        }
    }

    private Optional<Range> plausible(Fields fields, ResultKind result) {
        Optional<Node> node = fields.find("plausible");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        List<Optional<Double>> bounds = node.get() instanceof Node.Items items
                ? items.items().stream()
                        .map(item -> item instanceof Node.Scalar scalar
                                ? Fields.parseNumber(scalar.text().strip())
                                : Optional.<Double>empty())
                        .toList()
                : List.of();
        if (bounds.size() != 2 || bounds.contains(Optional.<Double>empty())) {
            fields.fail(
                    "plausible",
                    "",
                    "has %s as its plausible range; two numbers are expected."
                            .formatted(node.get().describe()),
                    "Maybe write \"plausible: [low, high]\".");
            return Optional.empty();
        }
        double low = bounds.get(0).orElseThrow();
        double high = bounds.get(1).orElseThrow();
        if (!(low < high)) {
            fields.fail(
                    "plausible",
                    low + ", " + high,
                    "has the plausible range from %s to %s, which is empty.".formatted(low, high),
                    "Maybe the two numbers are exchanged.");
            return Optional.empty();
        }
        if (result != ResultKind.QUANTITY && result != ResultKind.COUNT && result != ResultKind.VECTOR) {
            fields.fail(
                    "plausible",
                    "",
                    "has a plausible range, but results of the kind %s.".formatted(Fields.code(result)),
                    "Maybe remove it: only numbers have a range.");
            return Optional.empty();
        }
        return Optional.of(new Range(low, high));
    }

    private Map<String, String> mapping(Fields fields, ResultKind result) {
        Map<String, String> paths = new TreeMap<>();
        Optional<Node> node = fields.find("mapping");
        if (node.isEmpty()) {
            return paths;
        }
        if (!(node.get() instanceof Node.Mapping mapping)) {
            fields.fail(
                    "mapping",
                    "",
                    "has %s as its mapping; names and JSON pointers are expected."
                            .formatted(node.get().describe()),
                    "Maybe write \"mapping: {time: /occurred/at}\".");
            return paths;
        }
        if (result != ResultKind.EVENT) {
            fields.fail(
                    "mapping", "", "has a mapping, but its results are no events.", "Maybe write \"result: event\".");
        }
        for (Node.Entry entry : mapping.entries()) {
            String key = entry.key();
            String value = entry.value() instanceof Node.Scalar scalar ? scalar.text() : "";
            boolean translation = key.startsWith("type.value.") && key.length() > "type.value.".length();
            boolean field = List.of("time", "type", "id").contains(key)
                    || key.startsWith("attribute.") && key.length() > "attribute.".length();
            if (!translation && !field) {
                fields.fail(
                        "mapping",
                        key,
                        "maps %s, which is no field of an event.".formatted(ProblemLog.quote(key)),
                        Nearest.advice(
                                key,
                                List.of("time", "type", "id"),
                                "Maybe \"attribute.%s\"; there are time, type, id, attribute.NAME and type.value.VALUE."
                                        .formatted(ProblemLog.shorten(key))));
            } else if (translation ? value.isBlank() : !value.startsWith("/")) {
                fields.fail(
                        "mapping",
                        value,
                        "maps %s to %s, which is no %s."
                                .formatted(
                                        ProblemLog.quote(key),
                                        ProblemLog.quote(value),
                                        translation ? "type of event" : "JSON pointer"),
                        translation
                                ? "Maybe \"access.refused\"."
                                : "Maybe \"/%s\".".formatted(ProblemLog.shorten(value)));
            } else if (paths.putIfAbsent(key, value) != null) {
                fields.fail("mapping", key, "maps %s twice.".formatted(ProblemLog.quote(key)), "Maybe remove one.");
            }
        }
        return paths;
    }

    // detectors.yaml, playbooks.yaml, sources.yaml

    private void readDetector(String file, Node.Mapping mapping) {
        Fields fields = new Fields(
                file,
                "The detector setting of line %d".formatted(mapping.line()),
                mapping,
                List.of("detector", "subjects", "parameters"),
                log);
        String detector = fields.text("detector", "Maybe write the detector's name.");
        Set<String> subjects = new LinkedHashSet<>();
        for (Node.Scalar subject : fields.scalars("subjects")) {
            if (isSubject(subject.text())) {
                subjects.add(subject.text());
            } else {
                Set<String> known = new TreeSet<>(observedProperties);
                List.of(sites.keySet(), zones.keySet(), assets.keySet(), datastreams.keySet())
                        .forEach(known::addAll);
                fields.fail(
                        "subjects",
                        subject.text(),
                        "has the subject %s, which is neither a datastream, zone, asset or site nor an observed property."
                                .formatted(ProblemLog.quote(subject.text())),
                        Nearest.advice(subject.text(), known, ""));
            }
        }
        Map<String, String> parameters = new TreeMap<>();
        fields.find("parameters").ifPresent(node -> {
            if (node instanceof Node.Mapping values) {
                new Fields(
                        file,
                        "The parameters of %s".formatted(ProblemLog.quote(detector)),
                        values,
                        values.entries().stream().map(Node.Entry::key).toList(),
                        log);
                for (Node.Entry entry : values.entries()) {
                    if (entry.value() instanceof Node.Scalar scalar && !scalar.absent()) {
                        parameters.put(entry.key(), scalar.text().strip());
                    } else {
                        fields.fail(
                                "parameters",
                                entry.key(),
                                "has %s as its parameter %s; a single value is expected."
                                        .formatted(entry.value().describe(), ProblemLog.quote(entry.key())),
                                "");
                    }
                }
            } else {
                fields.fail(
                        "parameters",
                        "",
                        "has %s as its parameters; a mapping is expected.".formatted(node.describe()),
                        "Maybe write each as \"name: value\".");
            }
        });
        if (fields.areSound()) {
            detectors.add(new Configured(mapping.line(), new DetectorSettings(detector, subjects, parameters)));
        }
    }

    private boolean isSubject(String name) {
        return datastreams.containsKey(name)
                || zones.containsKey(name)
                || assets.containsKey(name)
                || sites.containsKey(name)
                || observedProperties.contains(name);
    }

    private void readPlaybook(String file, Node.Mapping mapping) {
        Fields fields = new Fields(
                file, title("playbook", mapping), mapping, List.of("id", "title", "for", "from", "site", "steps"), log);
        String id = fields.id("id");
        String title = fields.text("title", "Maybe write what it is for, in a few words.");
        Set<IncidentType> types = new TreeSet<>();
        for (Node.Scalar type : fields.scalars("for")) {
            fields.oneOf("for", type.line(), type.text(), List.of(IncidentType.values()), IncidentType::code)
                    .ifPresent(types::add);
        }
        fields.requirePresent("for", "Maybe write \"for: [armed-attack]\".");
        CriticalityLevel from = fields.findOneOf("from", CriticalityLevel.class).orElse(CriticalityLevel.LOW);
        Optional<String> site = fields.find("site").isPresent() ? siteOf(fields).map(SiteDraft::id) : Optional.empty();
        List<PlaybookStep> steps = new ArrayList<>();
        fields.find("steps")
                .ifPresent(node -> eachMapping(file, node, (name, step) -> {
                    Fields of = new Fields(
                            name,
                            "The step of line %d of %s".formatted(step.line(), ProblemLog.quote(id)),
                            step,
                            List.of("role", "action"),
                            log);
                    steps.add(new PlaybookStep(
                            of.text("role", "Maybe write who does it."),
                            of.text("action", "Maybe write what is to be done.")));
                }));
        if (steps.isEmpty()) {
            fields.fail("steps", "", "has no steps.", "Maybe write \"steps: [{role: operator, action: ...}]\".");
        }
        PlaybookDraft draft = new PlaybookDraft(
                new Declared(file, mapping.line(), site), new Playbook(id, title, types, from, steps));
        PlaybookDraft earlier = playbooks.putIfAbsent(id, draft);
        if (earlier != null) {
            duplicate("playbook", id, draft.declared, earlier.declared);
        }
    }

    private void readSource(String file, Node.Mapping mapping) {
        Fields fields = new Fields(
                file, "The source of line %d".formatted(mapping.line()), mapping, List.of("eve", "datastream"), log);
        String eve = fields.text("eve", "Maybe write the file into which Suricata writes.");
        fields.requirePresent("datastream", "Maybe write the id of a datastream of network events.");
        Optional<String> datastream = reference(fields, "datastream", datastreams, Optional.empty());
        datastream
                .flatMap(id -> sites.values().stream()
                        .flatMap(site -> site.datastreams.stream())
                        .filter(stream -> stream.id().value().equals(id))
                        .findFirst())
                .filter(stream -> stream.resultKind() != ResultKind.EVENT)
                .ifPresent(stream -> fields.fail(
                        "datastream",
                        stream.id().value(),
                        "feeds the datastream %s, whose results are %s and not events."
                                .formatted(ProblemLog.quote(stream.id().value()), Fields.code(stream.resultKind())),
                        "Maybe another datastream."));
        try {
            Path path = Path.of(eve);
            if (fields.areSound() && datastream.isPresent()) {
                sources.add(new EveSource(new DatastreamId(datastream.get()), path));
            }
        } catch (InvalidPathException e) {
            fields.fail("eve", eve, "has the file name %s, which cannot be.".formatted(ProblemLog.quote(eve)), "");
        }
    }

    // What ties the elements together

    /** The site that a mapping names, or the only one. */
    private Optional<SiteDraft> siteOf(Fields fields) {
        Optional<String> name = fields.findText("site");
        if (name.isEmpty()) {
            if (sites.size() == 1) {
                return Optional.of(sites.values().iterator().next());
            }
            if (sites.size() > 1) {
                fields.requirePresent("site", "Maybe one of %s.".formatted(String.join(", ", sites.keySet())));
            }
            return Optional.empty();
        }
        SiteDraft site = sites.get(name.get());
        // Without any readable site, city.yaml is what is wrong, and is reported.
        if (site == null && !sites.isEmpty()) {
            unknown(fields, "site", name.get(), sites.keySet());
        }
        return Optional.ofNullable(site);
    }

    private Optional<String> siteOf(Map<String, Declared> declared, String id) {
        return Optional.ofNullable(declared.get(id)).flatMap(Declared::site);
    }

    /**
     * The id to which a member refers, if that is declared.
     *
     * @param site the site to which it must belong, where that is known
     */
    private Optional<String> reference(
            Fields fields, String key, Map<String, Declared> declared, Optional<String> site) {
        Optional<String> id = fields.findText(key);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Declared target = declared.get(id.get());
        if (target == null) {
            unknown(fields, key, id.get(), declared.keySet());
            return Optional.empty();
        }
        if (site.isPresent() && target.site.isPresent() && !site.equals(target.site)) {
            fields.fail(
                    key,
                    id.get(),
                    "refers to the %s %s, which belongs to the site %s and not to %s."
                            .formatted(key, ProblemLog.quote(id.get()), target.site.get(), site.get()),
                    "");
            return Optional.empty();
        }
        return id;
    }

    private void unknown(Fields fields, String key, String id, Set<String> known) {
        fields.fail(
                key,
                id,
                "refers to the %s %s, which there is not.".formatted(key, ProblemLog.quote(id)),
                Nearest.advice(
                        id,
                        known,
                        known.isEmpty() ? "Maybe a file is missing." : "Maybe it is spelled in another way there."));
    }

    private void declare(Map<String, Declared> declared, String kind, String id, Declared here) {
        Declared earlier = declared.putIfAbsent(id, here);
        if (earlier != null) {
            duplicate(kind, id, here, earlier);
        }
    }

    private void duplicate(String kind, String id, Declared here, Declared earlier) {
        // An element without a readable id has been reported already.
        if (!id.equals(Fields.STAND_IN)) {
            log.add(
                    here.file,
                    here.line,
                    id,
                    "The %s %s exists already, in %s:%d."
                            .formatted(kind, ProblemLog.quote(id), earlier.file, earlier.line),
                    "Maybe a line was copied; ids are unique in a city.");
        }
    }

    /** Two sources with one file would report everything twice. */
    private void checkSources() {
        Set<String> followed = new TreeSet<>();
        for (EveSource source : sources) {
            String place = source.file().normalize().toString();
            if (!followed.add(place)) {
                log.add(
                        SOURCES,
                        0,
                        place,
                        "The file %s is followed twice.".formatted(ProblemLog.quote(place)),
                        "Maybe one of the two sources means another file.");
            }
        }
    }

    private SiteDefinition define(Header header, SiteDraft draft) {
        Site site = draft.bounded();
        List<DetectorSettings> settings = new ArrayList<>();
        for (Configured configured : detectors) {
            draft.settings(configured).ifPresent(settings::add);
        }
        SiteKey key = new SiteKey(header.tenant, site.id());
        SiteDefinition unrevised = new SiteDefinition(
                key,
                site,
                header.simulated,
                sorted(draft.zones, Zone::id),
                sorted(draft.assets, Asset::id),
                sorted(draft.things, Thing::id),
                sorted(draft.sensors, Sensor::id),
                sorted(draft.datastreams, Datastream::id),
                settings,
                playbooks.values().stream()
                        .filter(playbook -> playbook.declared
                                .site
                                .map(site.id().value()::equals)
                                .orElse(true))
                        .map(PlaybookDraft::playbook)
                        .toList(),
                "");
        return withDetectors(unrevised, settings, Revision.of(unrevised));
    }

    /** Reports what the detectors' own check says, at the setting with which each complaint first appears. */
    private void checkDetectors(SiteDefinition definition) {
        List<String> complaints = detectorCheck.apply(definition);
        if (complaints.isEmpty()) {
            return;
        }
        SiteDraft draft = sites.get(definition.site().id().value());
        Map<String, Integer> lines = new TreeMap<>();
        List<DetectorSettings> settings = new ArrayList<>();
        for (Configured configured : detectors) {
            Optional<DetectorSettings> more = draft.settings(configured);
            if (more.isPresent()) {
                settings.add(more.get());
                for (String complaint : detectorCheck.apply(withDetectors(definition, settings, ""))) {
                    lines.putIfAbsent(complaint, configured.line);
                }
            }
        }
        for (String complaint : complaints) {
            List<String> parts = complaint.lines().toList();
            String advice = parts.size() > 1
                    ? String.join(" ", parts.subList(1, parts.size())).strip()
                    : "";
            log.add(
                    DETECTORS,
                    lines.getOrDefault(complaint, 0),
                    "",
                    parts.isEmpty() ? "The settings are refused." : parts.getFirst(),
                    advice);
        }
    }

    private static SiteDefinition withDetectors(SiteDefinition d, List<DetectorSettings> detectors, String revision) {
        return new SiteDefinition(
                d.key(),
                d.site(),
                d.simulated(),
                d.zones(),
                d.assets(),
                d.things(),
                d.sensors(),
                d.datastreams(),
                detectors,
                d.playbooks(),
                revision);
    }

    private static <T, K extends Comparable<K>> List<T> sorted(List<T> elements, Function<T, K> id) {
        return elements.stream().sorted(Comparator.comparing(id)).toList();
    }

    private static String title(String kind, Node.Mapping mapping) {
        return member(mapping, "id")
                .filter(id -> !id.isBlank())
                .map(id -> "The %s %s".formatted(kind, ProblemLog.quote(id)))
                .orElse("The %s of line %d".formatted(kind, mapping.line()));
    }

    private static Optional<Node> find(Node.Mapping mapping, String key) {
        return mapping.entries().stream()
                .filter(entry -> entry.key().equals(key))
                .map(Node.Entry::value)
                .findFirst();
    }

    private static Optional<String> member(Node.Mapping mapping, String key) {
        return find(mapping, key)
                .flatMap(node -> node instanceof Node.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty());
    }

    private static boolean isAddress(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        boolean six = host.indexOf(':') >= 0;
        if (!six && !IPV4.matcher(host).matches()) {
            return false;
        }
        try {
            InetAddress.ofLiteral(host);
            if (slash < 0) {
                return true;
            }
            int bits = Integer.parseInt(text.substring(slash + 1));
            return bits >= 0 && bits <= (six ? 128 : 32);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private record Header(TenantId tenant, String name, ZoneId timeZone, boolean simulated) {}

    /** Where something is declared, and for which site, where that is known. */
    private record Declared(String file, int line, Optional<String> site) {}

    private record Configured(int line, DetectorSettings settings) {}

    private record PlaybookDraft(Declared declared, Playbook playbook) {}

    /** What has been read of one site. */
    private static final class SiteDraft {

        private final Declared declared;
        private final Optional<Site> site;
        private Optional<Polygon> boundary = Optional.empty();
        private final List<Zone> zones = new ArrayList<>();
        private final List<Asset> assets = new ArrayList<>();
        private final List<Thing> things = new ArrayList<>();
        private final List<Sensor> sensors = new ArrayList<>();
        private final List<Datastream> datastreams = new ArrayList<>();
        private final Set<String> properties = new TreeSet<>();

        SiteDraft(Declared declared, Optional<Site> site) {
            this.declared = declared;
            this.site = site;
        }

        String id() {
            return declared.site.orElseThrow();
        }

        Optional<Site> site() {
            return site;
        }

        void bound(Polygon shape, Fields fields) {
            if (boundary.isPresent()) {
                fields.fail("kind", BOUNDARY, "of the site %s exists already.".formatted(id()), "Maybe remove one.");
            }
            boundary = Optional.of(shape);
        }

        Site bounded() {
            Site known = site.orElseThrow();
            return new Site(
                    known.id(),
                    known.name(),
                    known.siteClass(),
                    known.origin(),
                    boundary,
                    known.expectedPeople(),
                    known.vulnerability());
        }

        /** The part of a setting that concerns this site; nothing if it names subjects, and none of them is here. */
        Optional<DetectorSettings> settings(Configured configured) {
            DetectorSettings all = configured.settings;
            if (all.subjects().isEmpty()) {
                return Optional.of(all);
            }
            Set<String> here = new TreeSet<>(properties);
            here.add(id());
            zones.forEach(zone -> here.add(zone.id().value()));
            assets.forEach(asset -> here.add(asset.id().value()));
            datastreams.forEach(stream -> here.add(stream.id().value()));
            here.retainAll(all.subjects());
            return here.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new DetectorSettings(all.detector(), here, all.parameters()));
        }
    }
}
