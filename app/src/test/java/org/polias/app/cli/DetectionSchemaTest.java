// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polias.model.city.CalendarKind;
import org.polias.model.city.SensorKind;
import org.polias.model.city.SiteClass;
import org.polias.model.detection.DetectionType;
import org.polias.model.incident.DismissalReason;
import org.polias.model.incident.IncidentType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The published schemas say what the readers take: every member of every kind of line, and no other. */
class DetectionSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVERY_MEMBER = """
            {"kind":"site","id":"town/arena","name":"Arena","class":"stadium","lat":49.75,"lon":13.38,"radius_m":400,"people":12000,"vulnerability":1.5}
            {"kind":"sensor","site":"town/arena","id":"mic-1","sensor_kind":"microphone","lat":49.75,"lon":13.381,"range_m":150,"gateway":"gw-1","reports":["acoustic.gunshot"],"detects":0.8,"interval_s":1}
            {"kind":"calendar","site":"town/arena","calendar":"fireworks","name":"New year","from":"2026-12-31T20:00:00Z","until":1798761600}
            {"kind":"detection","id":"d-1","site":"town/arena","type":"acoustic.gunshot","phase":"moment","detector":"ours","sensor":"mic-1","gateway":"gw-1","time":1795464000,"known_at":"2026-11-23T20:00:01Z","probability":0.98,"prior":0.1,"lat":49.75,"lon":13.38,"sigma_m":20,"entities":[{"kind":"zone","value":"north-stand"}],"measures":{"weapons":2},"summary":"Shots."}
            {"type":"acoustic.gunshot","site":"town/arena","sensor":"mic-2","time":1795464000.5,"log_likelihood_ratio":6}
            {"kind":"health","site":"town/arena","sensor":"mic-1","health":"silent","at":1795464010}
            {"kind":"tick","at":1795464020}
            """;

    @TempDir
    private Path folder;

    @Test
    void whatTheSchemaAllowsIsReadWithNothingLeftAside() throws IOException {
        JsonSchema schema = schema("detections.schema.json");
        for (String line : EVERY_MEMBER.lines().toList()) {
            assertThat(schema.problems(JSON.readTree(line))).as(line).isEmpty();
        }
        Path file = Files.writeString(folder.resolve("detections.jsonl"), EVERY_MEMBER);
        Typed typed = Typed.line("fuse", "--strict", "--json", file.toString());
        assertThat(typed.exitCode()).as(typed.err()).isZero();
        assertThat(typed.err()).doesNotContain("left aside");
        JsonNode incident = JSON.readTree(typed.out().lines().findFirst().orElseThrow());

        String command = """
                {"kind":"command","id":"c-1","incident":"%s","action":"note","at":1795464030,"by":"ana","target":"I-1","to":"ben","reason":"false-alarm","note":"seen","evidence":["evidence/a"]}
                """.formatted(incident.path("id").asText());
        assertThat(schema.problems(JSON.readTree(command))).isEmpty();
        Files.writeString(file, EVERY_MEMBER + command);
        typed = Typed.line("fuse", "--strict", "--json", file.toString());
        assertThat(typed.exitCode()).as(typed.err()).isZero();
        assertThat(typed.err()).doesNotContain("left aside");
    }

    @Test
    void everyMemberThatTheSchemaNamesIsTried() throws IOException {
        JsonNode definitions = JSON.readTree(text("detections.schema.json")).path("$defs");
        for (String kind : List.of("detection", "site", "sensor", "health", "calendar", "tick")) {
            definitions.path(kind).path("properties").fieldNames().forEachRemaining(member -> {
                if (!member.equals("log_likelihood_ratio")) {
                    assertThat(EVERY_MEMBER.lines().filter(line -> line.contains("\"kind\":\"" + kind + "\"")))
                            .as("%s of %s", member, kind)
                            .anyMatch(line -> line.contains("\"" + member + "\""));
                }
            });
        }
    }

    @Test
    void theNamesAreThoseOfTheModel() throws IOException {
        JsonNode definitions = JSON.readTree(text("detections.schema.json")).path("$defs");
        assertThat(names(definitions.path("type")))
                .isEqualTo(Arrays.stream(DetectionType.values())
                        .map(DetectionType::code)
                        .toList());
        assertThat(names(definitions.at("/site/properties/class"))).isEqualTo(codes(SiteClass.values()));
        assertThat(names(definitions.at("/sensor/properties/sensor_kind"))).isEqualTo(codes(SensorKind.values()));
        assertThat(names(definitions.at("/calendar/properties/calendar"))).isEqualTo(codes(CalendarKind.values()));
        assertThat(names(definitions.at("/command/properties/reason"))).isEqualTo(codes(DismissalReason.values()));
        JsonNode truth = JSON.readTree(text("fusion-truth.schema.json"));
        assertThat(names(truth.at("/oneOf/0/properties/type"))).isEqualTo(codes(IncidentType.values()));
    }

    @Test
    void theSchemaCanTell() throws IOException {
        JsonSchema schema = schema("detections.schema.json");
        for (String wrong : List.of(
                "{\"type\":\"acoustic.gunshot\",\"time\":1}",
                "{\"type\":\"acoustic.sneeze\",\"sensor\":\"m\",\"time\":1}",
                "{\"kind\":\"tick\"}",
                "{\"kind\":\"site\",\"lat\":91,\"lon\":0}")) {
            assertThat(schema.problems(JSON.readTree(wrong))).as(wrong).isNotEmpty();
        }
    }

    private static List<String> names(JsonNode enumeration) {
        return enumeration.path("enum").valueStream().map(JsonNode::asText).toList();
    }

    private static List<String> codes(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    private static JsonSchema schema(String file) throws IOException {
        return new JsonSchema(JSON.readTree(text(file)));
    }

    private static String text(String file) throws IOException {
        return Files.readString(Typed.home().resolve("docs").resolve(file));
    }
}
