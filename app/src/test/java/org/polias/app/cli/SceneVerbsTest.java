// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code simulate} and {@code plan}, as they are typed. */
class SceneVerbsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HALL =
            Typed.home().resolve("docs/scenes/hall.json").toString();

    @TempDir
    private Path folder;

    @Test
    void s01_aHallIsEmptied() throws IOException {
        Path out = folder.resolve("out");
        Typed typed = Typed.line("simulate", HALL, "--json", "--out", out.toString());
        assertThat(typed.err()).isEmpty();
        assertThat(typed.exitCode()).isZero();
        JsonNode json = JSON.readTree(typed.out());
        assertThat(json.get("evacuated").asInt()).isEqualTo(600);
        assertThat(json.get("t50_s").asDouble()).isLessThan(json.get("t100_s").asDouble());
        assertThat(json.get("exits")).hasSize(2);
        assertThat(out)
                .isDirectoryContaining("glob:**/result.json")
                .isDirectoryContaining("glob:**/trajectories.csv.gz")
                .isDirectoryContaining("glob:**/flows.csv")
                .isDirectoryContaining("glob:**/density-street.svg")
                .isDirectoryContaining("glob:**/arrivals.svg");
        assertThat(Files.readString(out.resolve("crowd.html")))
                .contains("<canvas")
                .doesNotContain("@FRAMES@");
        assertThat(Files.readAllLines(out.resolve("flows.csv"))).hasSizeGreaterThan(600);
    }

    @Test
    void s02_theSameSeedGivesTheSameAndAnotherDoesNot() throws IOException {
        JsonNode one = JSON.readTree(
                Typed.line("simulate", HALL, "--json", "--seed", "7").out());
        JsonNode same = JSON.readTree(
                Typed.line("simulate", HALL, "--json", "--seed", "7").out());
        JsonNode other = JSON.readTree(
                Typed.line("simulate", HALL, "--json", "--seed", "8").out());
        assertThat(same.get("exits")).isEqualTo(one.get("exits"));
        assertThat(other.get("exits")).isNotEqualTo(one.get("exits"));
    }

    @Test
    void s03_plansAreComparedWithTheBound() throws IOException {
        Typed typed = Typed.line("plan", HALL, "--json", "--walk", "0");
        assertThat(typed.err()).isEmpty();
        JsonNode json = JSON.readTree(typed.out());
        assertThat(json.get("bound_s").asDouble()).isPositive();
        assertThat(json.get("planned_in_s").asDouble()).isPositive();
        assertThat(json.get("plans").size()).isGreaterThanOrEqualTo(8);
        for (JsonNode plan : json.get("plans")) {
            assertThat(plan.fieldNames())
                    .toIterable()
                    .contains("name", "t50_s", "t95_s", "t100_s", "interval", "gap_to_bound", "exposure");
            assertThat(plan.get("interval")).hasSize(2);
            assertThat(plan.get("t100_s").asDouble())
                    .isGreaterThanOrEqualTo(json.get("bound_s").asDouble());
        }
    }

    @Test
    void s04_forPeopleItIsATable() {
        Typed typed = Typed.line("plan", HALL, "--walk", "0");
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out())
                .contains("nobody can have all out before")
                .contains("Proposed: ")
                .contains("nearest-exit");
    }

    @Test
    void s05_nonsenseIsAnsweredWithAllThatIsWrong() throws IOException {
        Path scene = Files.writeString(folder.resolve("scene.json"), """
                {"levels": [{"id": "street", "walkable": [[[0, 0], [10, 0], [NaN, 10]]]}], "exits": [], "people": [{"id": "a"}]}
                """);
        Typed typed = Typed.line("simulate", scene.toString());
        assertThat(typed.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(typed.err())
                .contains("problems")
                .contains("no pair of numbers")
                .contains("has no \"count\"")
                .doesNotContain("\tat ");
        assertThat(Typed.line("simulate", folder.resolve("none.json").toString())
                        .err())
                .contains("there is no file");
        assertThat(Typed.line("simulate", HALL, "--people", "-1").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Typed.line("plan", HALL, "--radius", "1").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Typed.line("plan", HALL, "--centre", "x").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void s06_aSceneWithoutAWayOutIsRefused() throws IOException {
        Path scene = Files.writeString(folder.resolve("scene.json"), """
                {"levels": [{"id": "street", "walkable": [{"rectangle": [0, 0, 10, 10]}]}],
                 "exits": [{"id": "far", "line": [[50, 50], [50, 51]]}],
                 "people": [{"id": "a", "count": 2000000, "area": {"rectangle": [1, 1, 9, 9]}}]}
                """);
        for (String verb : new String[] {"simulate", "plan"}) {
            Typed typed = Typed.line(verb, scene.toString());
            assertThat(typed.exitCode()).as(verb).isEqualTo(ExitCode.FAILED);
            assertThat(typed.err()).contains("far").doesNotContain("\tat ");
        }
    }
}
