// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polias.model.city.CalendarKind;
import org.polias.model.city.City;
import org.polias.model.city.Datastream;
import org.polias.model.city.Range;
import org.polias.model.city.ResultKind;
import org.polias.model.city.SiteDefinition;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.CriticalityRules;

import static org.assertj.core.api.Assertions.assertThat;

class CityLoaderTest {

    @TempDir
    Path folder;

    private City loaded(CityFiles files) {
        return switch (CityLoader.load(files.write())) {
            case Loading.Loaded loaded -> loaded.city();
            case Loading.Refused refused ->
                throw new AssertionError(refused.problems().render());
        };
    }

    private List<Problem> problems(CityFiles files) {
        return switch (CityLoader.load(files.write())) {
            case Loading.Loaded loaded -> throw new AssertionError("Loaded " + loaded.city());
            case Loading.Refused refused -> refused.problems().list();
        };
    }

    private CityFiles files() {
        return new CityFiles(folder);
    }

    @Test
    void aCalendarIsReadInTheCitysTime() {
        SiteDefinition site = loaded(files()).sites().getFirst();
        assertThat(site.calendar()).singleElement().satisfies(entry -> {
            assertThat(entry.kind()).isEqualTo(CalendarKind.FIREWORKS);
            assertThat(entry.from()).isEqualTo("2026-11-21T20:00:00Z");
            assertThat(entry.until()).isEqualTo("2026-11-21T21:30:00Z");
            assertThat(entry.zone())
                    .hasValueSatisfying(zone -> assertThat(zone.value()).isEqualTo("market"));
        });
        assertThat(loaded(files().with("calendar.yaml", "Harvest", "Spring"))
                        .sites()
                        .getFirst()
                        .revision())
                .isNotEqualTo(site.revision());
    }

    @Test
    void aCityInOrderIsLoadedWhole() {
        SiteDefinition site = loaded(files()).sites().getFirst();

        assertThat(site.key().text()).isEqualTo("smallville/square");
        assertThat(site.site().boundary()).isPresent();
        assertThat(site.zones()).singleElement().satisfies(zone -> {
            assertThat(zone.walkable_m2()).isBetween(7_900.0, 8_100.0);
            assertThat(zone.safeDensity_per_m2()).contains(2.5);
        });
        assertThat(site.assets().getFirst().addresses()).containsExactly("10.0.0.7", "10.0.1.0/24", "fd00::/8");
        assertThat(site.things()).extracting(thing -> thing.name()).contains("Lamp \"one\", north");
        Datastream level = site.datastreams().get(1);
        assertThat(level.id().value()).isEqualTo("mic-1-level");
        assertThat(level.interval()).contains(Duration.ofSeconds(1));
        assertThat(level.plausible()).contains(new Range(20, 140));
        assertThat(site.datastreams().get(2).mapping()).containsEntry("time", "/occurred/at");
        assertThat(site.datastreams().get(2).resultKind()).isEqualTo(ResultKind.EVENT);
        assertThat(site.detectors().getFirst().parameters()).containsEntry("margin", "22");
        assertThat(site.playbooks()).hasSize(1);
    }

    @Test
    void aCitysOwnMatrixAndContextComeWithARevisionOfTheirOwn() {
        SiteDefinition site = loaded(files()).sites().getFirst();
        CriticalityRules rules = site.criticality().orElseThrow();
        assertThat(rules.context()).singleElement().satisfies(context -> {
            assertThat(context.name()).isEqualTo("Visit");
            assertThat(context.steps()).isEqualTo(1);
            assertThat(context.zone()).isPresent();
        });
        assertThat(rules.matrix().level(0.6, 2)).isEqualTo(CriticalityLevel.HIGH);
        SiteDefinition other = loaded(files().with("criticality.yaml", "steps: 1", "steps: 2"))
                .sites()
                .getFirst();
        assertThat(other.criticality().orElseThrow().revision()).isNotEqualTo(rules.revision());
        assertThat(other.revision()).isNotEqualTo(site.revision());
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            city.yaml       | tenant: smallville      | tennant: smallville            | 1 | the member "tennant"          | "tenant"
            city.yaml       | Europe/Prague           | Europe/Prag                    | 3 | "Europe/Prag"                 | "Europe/Prague"
            city.yaml       | class: square           | class: sqare                   | 7 | there are stadium             | "square"
            city.yaml       | class: square           | clas: square                   | 7 | "clas"                        | "class"
            city.yaml       | origin: [13.38, 49.75]  | origin: [49.75, 213.38]        | 8 | not on the earth              | Maybe
            city.yaml       | expectedPeople: 500     | expectedPeople: many           | 9 | "many"                        | Maybe
            city.yaml       | expectedPeople: 500     | vulnerability: 30              | 9 | 0.1 to 10                     | Maybe
            zones.geojson   | "kind": "square"        | "kind": "sqaure"               | 2 | "sqaure"                      | "square"
            zones.geojson   | "safeDensity_per_m2"    | "safeDensity"                  | 2 | "safeDensity"                 | Maybe
            zones.geojson   | 2.5                     | -2.5                           | 2 | -2.5                          | sign
            zones.geojson   | [13.380, 49.750]]]}}    | [13.380, 49.7501]]]}}          | 3 | not closed                    | repeat
            zones.geojson   | [13.381, 49.751],       | [13.381, 49.7495],             | 3 | crosses itself                | order
            zones.geojson   | [13.381, 49.751]        | [49.751, 13.381]               | 3 | km from its site              | exchanged
            zones.geojson   | [13.381, 49.751]        | [13.381, "north"]              | 3 | "north"                       | degrees
            zones.geojson   | "Polygon"               | "MultiPolygon"                 | 3 | "MultiPolygon"                | parts
            calendar.yaml   | kind: fireworks         | kind: firework                 | 1 | "firework"                    | "fireworks"
            calendar.yaml   | 2026-11-21T21:00        | 21st of November               | 4 | "21st of November"            | 2026-12-31
            calendar.yaml   | 2026-11-21T22:30+01:00  | 2026-11-21                     | 5 | before it begins              | next day
            calendar.yaml   | zone: market            | zone: markt                    | 3 | "markt"                       | "market"
            criticality.yaml | for: [intrusion]       | for: [intrusin]                | 2 | "intrusin"                    | "intrusion"
            criticality.yaml | steps: 1               | steps: 7                       | 2 | from -2 to 2                  | Maybe
            criticality.yaml | steps: 1               | steps: -1                      | 2 | some types only               | leave "for" out
            criticality.yaml | zone: market           | zone: markt                    | 2 | "markt"                       | "market"
            criticality.yaml | [low, high]            | [low, hihg]                    | 6 | "hihg"                        | "high"
            criticality.yaml | [low, high]            | [high, low]                    | 6 | would matter less             | docs/fusion.md
            criticality.yaml | likelihoods: [0, 0.5]  | likelihoods: [0, 0.5, 0.9]     | 6 | 2 rows for 3 likelihoods      | docs/fusion.md
            playbooks.yaml  | id: crush               | id: the crush                  | 1 | "the crush"                   | without accents
            assets.geojson  | "zone": "market"        | "zone": "markt"                | 2 | "markt"                       | "market"
            assets.geojson  | "10.0.0.7"              | "10.0.0.777"                   | 3 | "10.0.0.777"                  | 10.20.3.0/24
            assets.geojson  | "10.0.1.0/24"           | "10.0.1.0/42"                  | 3 | "10.0.1.0/42"                 | 10.20.3.0/24
            things.csv      | 13.3805,49.7505         | 49.7505,13.3805                | 3 | km from its site              | exchanged
            things.csv      | 13.3805                 | "13,3805"                      | 3 | "13,3805"                     | decimal point
            things.csv      | hall-door               | hal-door                       | 3 | "hal-door"                    | "hall-door"
            sensors.yaml    | kind: camera            | kind: cam                      | 2 | microphone, camera            |
            sensors.yaml    | thing: door-1           | thing: door-2                  | 3 | "door-2"                      | "door-1"
            sensors.yaml    | range_m: 3}             | range_m: 0}                    | 3 | 0.1 to 100000                 | Maybe
            sensors.yaml    | , range_m: 3}           | }                              | 3 | no "range_m"                  | metres
            datastreams.csv | 20,140                  | 140,20                         | 2 | from 140.0 to 20.0            | exchanged
            datastreams.csv | PT5S                    | 5 sec                          | 3 | "5 sec"                       | PT10S
            datastreams.csv | person-count,count      | person-count,quantity          | 3 | person-count is a count       | "count"
            datastreams.csv | ,market,                | ,,                             | 3 | no "zone"                     | zone
            datastreams.csv | /occurred/at            | occurred/at                    | 4 | JSON pointer                  | /occurred/at
            datastreams.csv | mapping.time            | mapping.tine                   | 4 | "tine"                        | "time"
            detectors.yaml  | [sound-level]           | [sound-lvel]                   | 2 | "sound-lvel"                  | "sound-level"
            detectors.yaml  | {margin: 22}            | {margin: [22]}                 | 3 | "margin"                      |
            playbooks.yaml  | crowd-crush             | crowd-crash                    | 3 | armed-attack                  | "crowd-crush"
            playbooks.yaml  | role: operator,         | rolle: operator,               | 5 | "rolle"                       | "role"
            """)
    void aMistakeIsReportedWhereItIs(
            String file, String old, String replacement, int line, String message, String advice) {
        List<Problem> problems = problems(files().with(file, old, replacement));

        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.file()).isEqualTo(file);
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.message()).contains(message);
            assertThat(problem.advice()).contains(advice == null ? "" : advice);
        });
        // What refers to a broken element is not reported as well.
        assertThat(problems.stream().map(Problem::file).distinct())
                .as(problems.stream().map(Problem::render).collect(Collectors.joining("\n")))
                .containsExactly(file);
    }

    @Test
    void anIdThatExistsAlreadyIsReportedWithItsFirstPlace() {
        assertThat(problems(files().with("things.csv", "door-1,", "lamp-1,"))).anySatisfy(problem -> {
            assertThat(problem.render())
                    .startsWith("things.csv:3: The thing \"lamp-1\" exists already, in things.csv:2.");
            assertThat(problem.advice()).contains("unique");
        });
    }

    @Test
    void aRowWithTooManyCellsIsReported() {
        assertThat(problems(files().with("things.csv", ",,gw-1", ",,gw-1,extra")))
                .anySatisfy(problem -> assertThat(problem.render())
                        .startsWith("things.csv:2: The row has 7 cells, but there are 6 columns.")
                        .contains("quotation marks"));
    }

    @Test
    void allMistakesAreReportedTogetherInTheOrderOfTheFiles() {
        List<Problem> problems = problems(files().with("sensors.yaml", "kind: camera", "kind: cam")
                .with("city.yaml", "class: square", "class: sqare")
                .with("zones.geojson", "\"kind\": \"square\"", "\"kind\": \"sqaure\"")
                .with("things.csv", "hall-door", "hal-door"));

        assertThat(problems)
                .extracting(Problem::file)
                .containsExactly("city.yaml", "sensors.yaml", "things.csv", "zones.geojson");
        assertThat(new Problems("here", problems).render())
                .startsWith(
                        "The city in here cannot be loaded: 4 problems.\ncity.yaml:7: The site \"square\" has the \"class\" \"sqare\"")
                .contains("\n    Maybe you meant \"square\".\n");
    }

    @Test
    void aFolderThatIsNotThereIsSaidSo() {
        Loading loading = CityLoader.load(folder.resolve("nowhere"));

        assertThat(loading).isInstanceOfSatisfying(Loading.Refused.class, refused -> assertThat(
                        refused.problems().render())
                .contains("There is no such folder.")
                .contains("nowhere"));
    }

    @Test
    void aMisspeltFileNameIsNoticed() {
        assertThat(problems(files().without("playbooks.yaml").withFile("playboks.yaml", "[]")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.advice()).isEqualTo("Maybe you meant \"playbooks.yaml\"."));
    }

    @Test
    void oneTableInTwoFormsIsRefused() {
        assertThat(problems(files().withFile("things.yaml", "[]")))
                .anySatisfy(problem -> assertThat(problem.message()).contains("both things.yaml and things.csv"));
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsDoNoHarm() {
        CityFiles files = files();
        CityFiles.SOUND.forEach((name, text) -> files.withFile(name, "\uFEFF" + text.replace("\n", "\r\n")));

        assertThat(loaded(files)).isEqualTo(loaded(files()));
    }

    @Test
    void aSpreadsheetsSemicolonsAreUnderstood() {
        CityFiles files = files().withFile(
                        "things.csv",
                        CityFiles.SOUND.get("things.csv").replace(", north", "").replace(',', ';'));

        assertThat(loaded(files).sites().getFirst().things()).hasSize(2);
    }

    @Test
    void theSameContentInAnotherFormHasTheSameRevision() {
        CityFiles inYaml = files().without("things.csv").withFile("things.yaml", """
                        # the other way round, and in YAML
                        - {id: door-1, name: Town hall door, position: [13.3805, 49.7505], asset: hall-door, gateway: gw-1}
                        - {id: lamp-1, name: 'Lamp "one", north', position: [13.3802, 49.7502, 241], gateway: gw-1, note: old}
                        """);
        String revision = loaded(files()).sites().getFirst().revision();
        assertThat(folder.resolve("things.csv").toFile().delete()).isTrue();

        assertThat(loaded(inYaml).sites().getFirst().revision())
                .isEqualTo(revision)
                .hasSize(13);
    }

    @Test
    void anyChangeOfContentChangesTheRevision() {
        String before = loaded(files()).sites().getFirst().revision();

        assertThat(loaded(files().with("detectors.yaml", "22", "23"))
                        .sites()
                        .getFirst()
                        .revision())
                .isNotEqualTo(before);
        assertThat(loaded(files().with("playbooks.yaml", "Look.", "Look twice."))
                        .sites()
                        .getFirst()
                        .revision())
                .isNotEqualTo(before);
        assertThat(loaded(files().with("zones.geojson", "49.751]", "49.7511]"))
                        .sites()
                        .getFirst()
                        .revision())
                .isNotEqualTo(before);
    }

    @Test
    void aReferenceIntoAnotherSiteIsRefused() {
        CityFiles files = files().with(
                        "city.yaml",
                        "sites:\n",
                        "sites:\n  - {id: park, name: Park, class: park, origin: [13.381, 49.752]}\n")
                .with("zones.geojson", "\"id\": \"market\"", "\"site\": \"park\", \"id\": \"market\"")
                .with("zones.geojson", "\"kind\": \"boundary\"", "\"site\": \"park\", \"kind\": \"boundary\"")
                .with("assets.geojson", "\"id\": \"hall-door\"", "\"site\": \"square\", \"id\": \"hall-door\"")
                .with("things.csv", "id,name", "site,id,name")
                .with("things.csv", "lamp-1,", "square,lamp-1,")
                .with("things.csv", "door-1,", "square,door-1,");

        assertThat(problems(files)).extracting(Problem::message).anySatisfy(message -> assertThat(message)
                .contains("belongs to the site park and not to square"));
    }

    @Test
    void anAliasBombIsRefusedInsteadOfUnpacked() {
        StringBuilder bomb = new StringBuilder("- &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("- &a%d [%s]\n".formatted(i, ("*a" + (i - 1) + ",").repeat(10)));
        }

        assertThat(problems(files().withFile("detectors.yaml", bomb.toString())))
                .anySatisfy(problem -> assertThat(problem.message()).contains("stands for more than"));
    }

    @Test
    void aBottomlessNestIsRefused() {
        assertThat(problems(files().withFile("detectors.yaml", "[".repeat(100_000))))
                .anySatisfy(problem -> assertThat(problem.message()).contains("nests more than"));
        assertThat(problems(files().withFile("zones.geojson", "[".repeat(100_000))))
                .anySatisfy(problem -> assertThat(problem.message()).contains("not JSON"));
    }

    @Test
    void anAnchorWithinItselfIsRefused() {
        assertThat(problems(files().withFile("detectors.yaml", "&a [*a]")))
                .anySatisfy(problem -> assertThat(problem.message()).contains("before &a is complete"));
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() throws IOException {
        CityFiles files = files();
        Path city = files.write();
        Files.writeString(city.resolve("detectors.yaml"), "#".repeat((int) TextFile.MAX_BYTES + 1));

        assertThat(CityLoader.load(city)).isInstanceOfSatisfying(Loading.Refused.class, refused -> assertThat(
                        refused.problems().list())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("more than")));
    }

    @Test
    void textInAnotherEncodingIsNamedWithItsLine() throws IOException {
        Path city = files().write();
        Files.write(city.resolve("detectors.yaml"), new byte[] {'#', '\n', '#', (byte) 0xE8, '\n'});

        assertThat(CityLoader.load(city)).isInstanceOfSatisfying(Loading.Refused.class, refused -> assertThat(
                        refused.problems().list())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(2);
                    assertThat(problem.value()).isEqualTo("0xE8");
                    assertThat(problem.advice()).contains("UTF-8");
                }));
    }

    @Test
    void whatTheDetectorsRefuseIsReportedAtTheSettingThatIntroducesIt() {
        CityFiles files = files().withFile("detectors.yaml", """
                        - detector: impulse-noise
                          parameters: {margin: 22}
                        - detector: level
                          parameters: {raise: 1}
                        """);

        Loading loading = CityLoader.load(files.write(), definition -> definition.detectors().stream()
                .filter(settings -> settings.detector().equals("level"))
                .map(settings -> "level: raise is %s.%nMaybe 2."
                        .formatted(settings.parameters().get("raise")))
                .toList());

        assertThat(loading).isInstanceOfSatisfying(Loading.Refused.class, refused -> assertThat(
                        refused.problems().list())
                .containsExactly(new Problem("detectors.yaml", 3, "", "level: raise is 1.", "Maybe 2.")));
    }

    @Test
    void filesOfNetworkSensorsAreNamed() {
        CityFiles files = files().withFile("sources.yaml", "- {eve: feeds/eve.json, datastream: reader-1-events}");

        assertThat(CityLoader.load(files.write()))
                .isInstanceOfSatisfying(
                        Loading.Loaded.class,
                        loaded -> assertThat(loaded.sources()).singleElement().satisfies(source -> {
                            assertThat(source.datastream().value()).isEqualTo("reader-1-events");
                            assertThat(source.file()).isEqualTo(Path.of("feeds/eve.json"));
                        }));
        assertThat(problems(files().withFile("sources.yaml", "- {eve: e.json, datastream: mic-1-level}")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("not events"));
    }
}
