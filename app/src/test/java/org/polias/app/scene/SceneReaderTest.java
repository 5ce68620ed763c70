// SPDX-License-Identifier: Apache-2.0
package org.polias.app.scene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.ground.District;
import org.polias.simulate.ground.Situation;
import org.polias.simulate.hazard.GasCloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SceneReaderTest {

    @TempDir
    private Path folder;

    @Test
    void s01_theSmallestSceneIsAFloorAndAnExit() throws IOException {
        Situation scene = read("""
                {"levels": [{"id": "street", "walkable": [{"rectangle": [0, 0, 10, 5]}]}],
                 "exits": [{"id": "out", "line": [[5, 2], [5, 3]]}],
                 "people": [{"id": "some", "count": 3, "area": [[1, 1], [2, 1], [2, 2]]}]}
                """);
        assertThat(scene.count()).isEqualTo(3);
        assertThat(scene.scene().exits()).extracting(Exit::id).containsExactly("out");
        assertThat(scene.people().getFirst().route()).isEqualTo(RouteChoice.nearest());
    }

    @Test
    void s02_degreesAreMetresFromTheOrigin() throws IOException {
        Situation scene = read("""
                {"coordinates": "lonlat", "origin": [13.3853, 49.7503],
                 "levels": [{"id": "street", "walkable": [[[13.3853, 49.7503], [13.3863, 49.7503], [13.3863, 49.7513]]]}],
                 "exits": [{"id": "out", "line": [[13.3853, 49.7503], [13.3854, 49.7503]]}],
                 "people": [{"id": "one", "points": [[13.3862, 49.7504]]}]}
                """);
        assertThat(scene.scene()
                        .levels()
                        .getFirst()
                        .walkable()
                        .getFirst()
                        .shell()
                        .get(1)
                        .x_m())
                .isCloseTo(72.1, within(0.2));
        assertThat(scene.origin()).isPresent();
    }

    @Test
    void s03_hazardsAndRoutesAreRead() throws IOException {
        Situation scene = read("""
                {"levels": [{"id": "street", "walkable": [{"rectangle": [0, 0, 100, 100]}]}],
                 "exits": [{"id": "a", "line": [[50, 1], [52, 1]], "operable": true},
                           {"id": "b", "area": {"rectangle": [0, 0, 5, 5]}, "vehicles": {"seats": 60, "first_s": 120, "headway_s": 300}}],
                 "people": [{"id": "some", "count": 9, "area": {"rectangle": [10, 10, 20, 20]},
                             "premovement_s": {"lognormal": [30, 0.5, 120]}, "route": {"assigned": {"a": 2, "b": 1}}}],
                 "hazards": [{"kind": "gas", "gas": "ammonia", "at": [-50, 50], "release_kg_per_s": 1, "wind_m_per_s": 3,
                              "wind_from_deg": 270},
                             {"kind": "attacker", "path": [[0, 5, 5], [20, 20, 5]]}]}
                """);
        assertThat(scene.hazards()).singleElement().isInstanceOf(GasCloud.class);
        assertThat(scene.threats()).hasSize(1);
        assertThat(scene.field().hazards()).hasSize(2);
        assertThat(scene.operable()).containsExactly("a");
        assertThat(scene.people().getFirst().route()).isInstanceOf(RouteChoice.Assigned.class);
    }

    @Test
    void s04_allThatIsWrongIsSaidAtOnce() throws IOException {
        List<String> problems = problems("""
                {"levels": [{"id": "street", "walkable": [[[0, 0], [NaN, 0], [5, 5]], [[0, 0], [1, 1]]]}],
                 "doors": [{"id": "d", "line": [[0, 0], [1, 0], [2, 0]], "way": "out"}],
                 "people": [{"id": "crowd", "count": -3, "area": [[0, 0], [1, 0], [1, 1]], "profil": "adults"},
                            {"id": "late", "count": 1, "area": [[0, 0], [1, 0], [1, 1]], "premovement_s": {"uniform": [9, 1]}}],
                 "hazards": [{"kind": "gas", "gas": "amonia", "at": [0, 0], "wind_m_per_s": 0, "wind_from_deg": 270},
                             {"kind": "flood"}],
                 "until_s": "soon"}
                """);
        assertThat(String.join("\n", problems))
                .contains("is no pair of numbers")
                .contains("a ring of 2 positions")
                .contains("a line of 3 positions")
                .contains("the \"way\" \"out\"")
                .contains("the \"count\" -3")
                .contains("Maybe you meant \"profile\"")
                .contains("no distribution")
                .contains("Maybe you meant \"ammonia\"")
                .contains("neither a release nor a mass")
                .contains("a wind from 0.5 to 75 m/s")
                .contains("of the kind \"flood\"")
                .contains("has no \"exits\"")
                .contains("\"soon\", which is not a number");
    }

    @Test
    void s05_aWrongGridIsNoticed() throws IOException {
        assertThat(String.join(
                        "\n", problems(scene("[[3458000, 5528000], [3458100, 5528000], [3458100, 5528100]]", ""))))
                .contains("km from the origin")
                .contains("national grid");
        assertThat(String.join("\n", problems(scene("[[0.001, 0.001], [0.002, 0.001], [0.002, 0.002]]", ""))))
                .contains("Maybe its coordinates are degrees");
        assertThat(String.join(
                        "\n", problems(scene("[[500, 100], [600, 100], [600, 200]]", "\"coordinates\": \"lonlat\","))))
                .contains("is not on the earth");
    }

    @Test
    void s06_whatIsNoJsonIsSaidWithItsLine() throws IOException {
        assertThat(problems("{\"levels\": [\n}"))
                .singleElement()
                .asString()
                .contains("scene.json:2")
                .contains("is not JSON");
        assertThat(problems("[]")).singleElement().asString().contains("an object is expected");
    }

    @Test
    void s07_everyExampleIsInOrder() throws IOException {
        Path home = Path.of("").toAbsolutePath();
        while (!home.resolve("polias").toFile().isFile()) {
            home = home.getParent();
        }
        try (var examples = Files.list(home.resolve("docs/scenes"))) {
            for (Path example : examples.sorted().toList()) {
                assertThat(source(example).read()).as("%s", example).isInstanceOf(Reading.Read.class);
            }
        }
    }

    private static String scene(String ring, String more) {
        return "{%s \"levels\": [{\"id\": \"street\", \"walkable\": [%s]}], \"exits\": [{\"id\": \"out\", \"line\": [[0, 0], [0, 0]]}]}"
                .formatted(more, ring);
    }

    private Situation read(String json) throws IOException {
        Reading reading = reading(json);
        assertThat(reading).isInstanceOf(Reading.Read.class);
        return ((Reading.Read) reading).situation();
    }

    private List<String> problems(String json) throws IOException {
        Reading reading = reading(json);
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        return ((Reading.Refused) reading).problems();
    }

    private Reading reading(String json) throws IOException {
        return source(Files.writeString(folder.resolve("scene.json"), json)).read();
    }

    private static SceneSource source(Path file) {
        return new SceneSource(file, District.DEFAULT, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
