// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Offset;
import org.polias.model.place.Position;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LocateCommandTest {

    private static final LocalFrame FRAME = new LocalFrame(new Position(13.3853, 49.7503));
    private static final double SPEED = 340.4;
    private static final List<Offset> SENSORS = List.of(
            new Offset(-300, -280),
            new Offset(310, -250),
            new Offset(280, 330),
            new Offset(-290, 300),
            new Offset(20, 40));

    @TempDir
    private Path folder;

    private String sensors() {
        List<String> sensors = new ArrayList<>();
        for (int i = 0; i < SENSORS.size(); i++) {
            Position position = FRAME.toPosition(SENSORS.get(i));
            sensors.add(String.format(
                    Locale.ROOT,
                    "{\"id\": \"s%d\", \"lat\": %.8f, \"lon\": %.8f}",
                    i,
                    position.latitude(),
                    position.longitude()));
        }
        return "[" + String.join(",\n", sensors) + "]";
    }

    private static String arrivals(Offset source, String second) {
        List<String> arrivals = new ArrayList<>();
        for (int i = 0; i < SENSORS.size(); i++) {
            double t = 3 + SENSORS.get(i).minus(source).length_m() / SPEED;
            arrivals.add(String.format(Locale.ROOT, "{\"sensor\": \"s%d\", \"time\": \"%s%09.6fZ\"}", i, second, t));
        }
        return "[" + String.join(",\n", arrivals) + "]";
    }

    private Typed locate(String text, String... options) throws IOException {
        Path file = folder.resolve("heard.json");
        Files.writeString(file, text);
        List<String> words = new ArrayList<>(List.of("locate", file.toString()));
        words.addAll(List.of(options));
        return Typed.line(words.toArray(String[]::new));
    }

    private static JsonNode json(Typed typed) throws IOException {
        return new ObjectMapper().readTree(typed.out());
    }

    private void assertProblem(String text, String... parts) throws IOException {
        Typed typed = locate(text, "--json");
        assertThat(typed.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err()).contains(parts).doesNotContain("Exception", "\tat ");
    }

    @Test
    void aSoundIsLocatedWithItsTimeEllipseAndResiduals() throws IOException {
        Offset source = new Offset(-85, 120);
        Typed typed = locate(
                "{\"sensors\": %s, \"arrivals\": %s}".formatted(sensors(), arrivals(source, "2026-11-21T20:15:")),
                "--json");
        assertThat(typed.exitCode()).isZero();
        JsonNode report = json(typed);
        assertThat(report.get("sources")).hasSize(1);
        JsonNode found = report.get("sources").get(0);
        Position position = FRAME.toPosition(source);
        assertThat(found.get("kind").asText()).isEqualTo("point");
        assertThat(found.get("lat").asDouble()).isCloseTo(position.latitude(), within(3e-5));
        assertThat(found.get("lon").asDouble()).isCloseTo(position.longitude(), within(3e-5));
        assertThat(found.get("time").asText()).startsWith("2026-11-21T20:15:0");
        assertThat(found.get("ellipse_95").get("semi_major_m").asDouble())
                .isGreaterThanOrEqualTo(
                        found.get("ellipse_95").get("semi_minor_m").asDouble())
                .isLessThan(60);
        assertThat(found.get("residuals_ms")).hasSize(5);
        assertThat(report.get("unexplained")).isEmpty();
    }

    @Test
    void itIsAlsoSaidInWords() throws IOException {
        Typed typed = locate("{\"sensors\": %s, \"arrivals\": %s}"
                .formatted(sensors(), arrivals(new Offset(-85, 120), "2026-11-21T20:15:")));
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out()).startsWith("1. A source at 49.75").contains("95 %:", "s0", "direct");
    }

    @Test
    void happeningsCanStandOneALine() throws IOException {
        String one = "{\"sensors\": %s, \"arrivals\": %s}"
                .formatted(sensors(), arrivals(new Offset(-85, 120), "2026-11-21T20:15:"))
                .replace("\n", " ");
        Typed typed = locate(one + "\n" + one + "\n", "--json");
        assertThat(typed.out().lines()).hasSize(2);
    }

    @Test
    void sensorsAndArrivalsCanStandOneALine() throws IOException {
        String lines = sensors().replaceAll("[\\[\\]]|,(?=\n)", "") + "\n"
                + arrivals(new Offset(-85, 120), "2026-11-21T20:15:").replaceAll("[\\[\\]]|,(?=\n)", "")
                + "\n{\"temperature_C\": 15}\n";
        Typed typed = locate(lines, "--json");
        assertThat(typed.err()).isEmpty();
        assertThat(json(typed).get("sources")).hasSize(1);
    }

    @Test
    void timesInSecondsAreAnsweredInSeconds() throws IOException {
        String arrivals = arrivals(new Offset(-85, 120), "").replaceAll("\"time\": \"0?([0-9.]+)Z\"", "\"time\": $1");
        Typed typed = locate("{\"sensors\": %s, \"arrivals\": %s}".formatted(sensors(), arrivals), "--json");
        assertThat(typed.err()).isEmpty();
        assertThat(json(typed).get("sources").get(0).get("time").asDouble()).isCloseTo(3, within(0.05));
    }

    @Test
    void oneAndTwoSensorsGiveNoPoint() throws IOException {
        String one = "{\"sensors\": %s, \"arrivals\": [{\"sensor\": \"s0\", \"time\": 1, \"level_dB\": 100}]}"
                .formatted(sensors());
        JsonNode area = json(locate(one, "--json")).get("sources").get(0);
        assertThat(area.get("kind").asText()).isEqualTo("area");
        assertThat(area.get("ellipse_95").get("semi_minor_m").asDouble()).isGreaterThan(30);
        String two =
                "{\"sensors\": %s, \"arrivals\": [{\"sensor\": \"s0\", \"time\": 1}, {\"sensor\": \"s1\", \"time\": 1.2}]}"
                        .formatted(sensors());
        JsonNode band = json(locate(two, "--json")).get("sources").get(0);
        assertThat(band.get("kind").asText()).isEqualTo("band");
        assertThat(band.get("curve").size()).isGreaterThan(10);
        assertThat(band.get("warnings").get(0).asText()).contains("hyperbola");
    }

    @Test
    void whatIsNotANumberIsSaidWithItsLine() throws IOException {
        assertProblem(
                "{\"sensors\": [\n{\"id\": \"a\", \"lat\": NaN, \"lon\": 13}],\n\"arrivals\": [{\"sensor\": \"a\", \"time\": NaN}]}",
                "heard.json:2: The sensor \"a\" has the \"lat\" \"NaN\"",
                "heard.json:3: The arrival of line 3 has the time \"NaN\"");
    }

    @Test
    void sensorsThatStandTwiceOrNowhereAreSaidWithTheirLines() throws IOException {
        assertProblem(
                "{\"sensors\": [\n{\"id\": \"a\", \"lat\": 49, \"lon\": 13},\n{\"id\": \"a\", \"lat\": 49.001, \"lon\": 13}],\n"
                        + "\"arrivals\": [\n{\"sensor\": \"b\", \"time\": 1}]}",
                "heard.json:3: The sensor \"a\" exists already, on line 2.",
                "heard.json:5: The arrival of line 5 is at the sensor \"b\", which there is not.",
                "Maybe you meant \"a\".");
    }

    @Test
    void timesDecadesApartAreSaid() throws IOException {
        assertProblem(
                "{\"sensors\": %s, \"arrivals\": [{\"sensor\": \"s0\", \"time\": \"2026-11-21T20:15:03Z\"},\n{\"sensor\": \"s1\", \"time\": \"1996-11-21T20:15:03Z\"},\n{\"sensor\": \"s2\", \"time\": \"2026-11-21T20:15:03.2Z\"}]}"
                        .formatted(sensors()),
                "The arrival of line 6 lies 10957 days from that of line");
    }

    @Test
    void sensorsOnOnePointAreSaid() throws IOException {
        assertProblem(
                "{\"sensors\": [{\"id\": \"a\", \"lat\": 49, \"lon\": 13}, {\"id\": \"b\", \"lat\": 49, \"lon\": 13}], \"arrivals\": [{\"sensor\": \"a\", \"time\": 1}]}",
                "All 2 sensors stand on one point");
    }

    @Test
    void moreThanAThousandArrivalsAreSaid() throws IOException {
        String arrivals = "{\"sensor\": \"s0\", \"time\": 1},".repeat(1000) + "{\"sensor\": \"s0\", \"time\": 1}";
        assertProblem(
                "{\"sensors\": %s, \"arrivals\": [%s]}".formatted(sensors(), arrivals),
                "There are 1001 arrivals at 5 sensors; at most 1000");
    }

    @Test
    void sensorsOnALineGiveTwoCandidatesAndAWarning() throws IOException {
        StringBuilder sensors = new StringBuilder();
        StringBuilder arrivals = new StringBuilder();
        Offset source = new Offset(60, 150);
        for (int i = 0; i < 5; i++) {
            Offset place = new Offset(-400 + 200 * i, 0);
            Position position = FRAME.toPosition(place);
            sensors.append(String.format(
                    Locale.ROOT,
                    "%s{\"id\": \"s%d\", \"lat\": %.8f, \"lon\": %.8f}",
                    i == 0 ? "" : ",",
                    i,
                    position.latitude(),
                    position.longitude()));
            arrivals.append(String.format(
                    Locale.ROOT,
                    "%s{\"sensor\": \"s%d\", \"time\": %.6f}",
                    i == 0 ? "" : ",",
                    i,
                    place.minus(source).length_m() / SPEED));
        }
        JsonNode report =
                json(locate("{\"sensors\": [%s], \"arrivals\": [%s]}".formatted(sensors, arrivals), "--json"));
        assertThat(report.get("warnings").get(0).asText()).contains("on one line");
        JsonNode found = report.get("sources").get(0);
        assertThat(found.get("kind").asText()).isEqualTo("candidates");
        assertThat(found.get("candidates")).hasSize(2);
        assertThat(found.get("ellipse_95").get("semi_major_m").asDouble()).isGreaterThan(250);
    }

    @Test
    void textsThatAreNothingAreSaidPlainly() throws IOException {
        assertProblem("", "is empty");
        assertProblem("{\"sensors\": [", "is not JSON");
        assertProblem("42", "an object is expected");
        assertProblem("{\"sensors\": [], \"arrivals\": []}", "There are no sensors.", "There are no arrivals.");
        assertProblem("{\"hello\": 1}", "neither a sensor, an arrival");
        assertThat(Typed.line("locate", folder.resolve("missing").toString()).err())
                .contains("missing is not a file");
    }
}
