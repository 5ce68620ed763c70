// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

import org.polias.model.city.Asset;
import org.polias.model.city.CalendarEntry;
import org.polias.model.city.City;
import org.polias.model.city.Datastream;
import org.polias.model.city.DetectorSettings;
import org.polias.model.city.Sensor;
import org.polias.model.city.Site;
import org.polias.model.city.SiteClass;
import org.polias.model.city.SiteDefinition;
import org.polias.model.city.Thing;
import org.polias.model.city.Zone;
import org.polias.model.id.SiteId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.model.incident.CriticalityRules;
import org.polias.model.place.Position;

/**
 * One run over a city's folder: the files are read in the order in which they refer to each other, and if nothing is wrong with any
 * of them the definitions of the sites are made.
 */
final class CityFolder {

    private static final String CITY = "city.yaml";
    private static final String ZONES = "zones.geojson";
    private static final String ASSETS = "assets.geojson";
    private static final String DETECTORS = "detectors.yaml";
    private static final String PLAYBOOKS = "playbooks.yaml";
    private static final String SOURCES = "sources.yaml";
    private static final String CALENDAR = "calendar.yaml";
    private static final String CRITICALITY = "criticality.yaml";
    private static final List<String> TABLES = List.of("things", "sensors", "datastreams");

    private final Path folder;
    private final Function<SiteDefinition, List<String>> detectorCheck;
    private final Draft draft = new Draft();
    private final ProblemLog log = draft.log;

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
        PlaceReader places = new PlaceReader(draft);
        eachFeature(ZONES, places::zone);
        eachFeature(ASSETS, places::asset);
        SensorReader devices = new SensorReader(draft);
        readTable("things", List.of("site", "id", "name", "longitude", "latitude", "asset", "gateway"), devices::thing);
        readTable("sensors", List.of("id", "thing", "kind", "model", "range_m"), devices::sensor);
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
                devices::datastream);
        RuleReader rules = new RuleReader(draft);
        readList(DETECTORS, rules::detector);
        readList(PLAYBOOKS, rules::playbook);
        readList(SOURCES, rules::source);
        CalendarReader calendar =
                new CalendarReader(draft, header.map(Header::timeZone).orElse(ZoneOffset.UTC));
        readList(CALENDAR, calendar::entry);
        CriticalityReader criticality = new CriticalityReader(draft, calendar);
        boolean judgesItself = Files.exists(folder.resolve(CRITICALITY));
        if (judgesItself) {
            readYaml(CRITICALITY).ifPresent(node -> criticality.read(CRITICALITY, node));
        }
        checkSources();
        if (header.isEmpty() || !log.isEmpty()) {
            return refused();
        }
        List<SiteDefinition> definitions = draft.sites.values().stream()
                .map(site -> define(
                        header.get(), site, judgesItself ? Optional.of(criticality.rules(site)) : Optional.empty()))
                .toList();
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
                draft.sources);
    }

    private Loading refused() {
        return new Loading.Refused(new Problems(folder.toString(), log.list()));
    }

    private void checkNames() {
        Set<String> known =
                new TreeSet<>(List.of(CITY, ZONES, ASSETS, DETECTORS, PLAYBOOKS, SOURCES, CALENDAR, CRITICALITY));
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
            readYaml(file).ifPresent(node -> draft.eachMapping(file, node, each));
        }
    }

    private void readTable(String name, List<String> columns, BiConsumer<String, Node.Mapping> each) {
        readList(name + ".yaml", each);
        String csv = name + ".csv";
        if (Files.exists(folder.resolve(csv)) && !Files.exists(folder.resolve(name + ".yaml"))) {
            TextFile.read(folder.resolve(csv), csv, log)
                    .flatMap(text -> CsvText.read(csv, text, log))
                    .ifPresent(node -> draft.eachMapping(
                            csv, node, (file, row) -> each.accept(file, CsvColumns.nest(file, row, columns, log))));
        }
    }

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
        fields.find("sites").ifPresent(list -> draft.eachMapping(CITY, list, this::readSite));
        if (draft.sites.isEmpty()) {
            fields.fail("sites", "", "has no sites.", "Maybe add one to the list \"sites\".");
        }
        return fields.areSound() && timeZone.isPresent()
                ? Optional.of(new Header(new TenantId(tenant), name, timeZone.get(), simulated))
                : Optional.empty();
    }

    private void readSite(String file, Node.Mapping mapping) {
        Fields fields = new Fields(
                file,
                Draft.title("site", mapping),
                mapping,
                List.of("id", "name", "class", "origin", "expectedPeople", "vulnerability"),
                log);
        String id = fields.id("id");
        String name = fields.text("name", "Maybe write what people call it.");
        SiteClass siteClass = fields.oneOf("class", SiteClass.class);
        int people = fields.findWholeNumber("expectedPeople", 0, PlaceReader.MAX_PEOPLE)
                .orElse(0);
        double vulnerability =
                fields.findNumber("vulnerability", 0.1, 10, "0.1 to 10").orElse(1.0);
        fields.requirePresent("origin", "Maybe write \"origin: [longitude, latitude]\".");
        Optional<Position> origin = fields.find("origin")
                .flatMap(node -> new Shapes(file, log).position(node, Draft.title("site", mapping)));
        Draft.Declared declared = new Draft.Declared(file, mapping.line(), Optional.of(id));
        if (draft.sites.containsKey(id)) {
            draft.duplicate("site", id, declared, draft.sites.get(id).declared);
            return;
        }
        draft.sites.put(
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

    private void eachFeature(String file, EachFeature each) {
        if (!Files.exists(folder.resolve(file))) {
            return;
        }
        Optional<Node> node =
                TextFile.read(folder.resolve(file), file, log).flatMap(text -> JsonText.read(file, text, log));
        if (node.isEmpty()) {
            return;
        }
        Optional<Node> features = node.get() instanceof Node.Mapping collection
                        && collection
                                .text("type")
                                .filter("FeatureCollection"::equals)
                                .isPresent()
                ? collection.find("features")
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
                    && feature.find("properties").orElse(null) instanceof Node.Mapping properties) {
                each.take(file, feature, properties);
            } else {
                log.add(file, item.line(), "", "The feature has no properties.", "Maybe give it \"id\" and \"kind\".");
            }
        }
    }

    /** Two sources with one file would report everything twice. */
    private void checkSources() {
        Set<String> followed = new TreeSet<>();
        for (EveSource source : draft.sources) {
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

    private SiteDefinition define(Header header, SiteDraft read, Optional<CriticalityRules> criticality) {
        Site site = read.bounded();
        List<DetectorSettings> settings = new ArrayList<>();
        for (Draft.Configured configured : draft.detectors) {
            read.settings(configured).ifPresent(settings::add);
        }
        SiteKey key = new SiteKey(header.tenant, site.id());
        SiteDefinition unrevised = new SiteDefinition(
                key,
                site,
                header.simulated,
                sorted(read.zones, Zone::id),
                sorted(read.assets, Asset::id),
                sorted(read.things, Thing::id),
                sorted(read.sensors, Sensor::id),
                sorted(read.datastreams, Datastream::id),
                settings,
                draft.playbooks.values().stream()
                        .filter(playbook -> playbook.declared()
                                .site()
                                .map(site.id().value()::equals)
                                .orElse(true))
                        .map(Draft.PlaybookDraft::playbook)
                        .toList(),
                read.calendar.stream()
                        .sorted(Comparator.comparing(CalendarEntry::from).thenComparing(CalendarEntry::name))
                        .toList(),
                criticality,
                "");
        return withDetectors(unrevised, settings, Revision.of(unrevised));
    }

    /** Reports what the detectors' own check says, at the setting with which each complaint first appears. */
    private void checkDetectors(SiteDefinition definition) {
        List<String> complaints = detectorCheck.apply(definition);
        if (complaints.isEmpty()) {
            return;
        }
        SiteDraft read = draft.sites.get(definition.site().id().value());
        Map<String, Integer> lines = new TreeMap<>();
        List<DetectorSettings> settings = new ArrayList<>();
        for (Draft.Configured configured : draft.detectors) {
            Optional<DetectorSettings> more = read.settings(configured);
            if (more.isPresent()) {
                settings.add(more.get());
                for (String complaint : detectorCheck.apply(withDetectors(definition, settings, ""))) {
                    lines.putIfAbsent(complaint, configured.line());
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
                d.calendar(),
                d.criticality(),
                revision);
    }

    private static <T, K extends Comparable<K>> List<T> sorted(List<T> elements, Function<T, K> id) {
        return elements.stream().sorted(Comparator.comparing(id)).toList();
    }

    private record Header(TenantId tenant, String name, ZoneId timeZone, boolean simulated) {}

    private interface EachFeature {
        void take(String file, Node.Mapping feature, Node.Mapping properties);
    }
}
