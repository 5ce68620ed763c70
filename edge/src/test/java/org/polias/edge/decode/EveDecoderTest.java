// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.polias.model.admission.Reason;

import static org.assertj.core.api.Assertions.assertThat;

class EveDecoderTest {

    private final EveDecoder decoder = new EveDecoder(DecodeLimits.DEFAULT);

    private static final String ALERT =
            "{\"timestamp\":\"2026-11-21T10:00:00.123456+0100\",\"event_type\":\"alert\",\"src_ip\":\"10.0.0.1\",\"src_port\":4711,"
                    + "\"alert\":{\"signature\":\"ET SCAN\",\"severity\":2,\"metadata\":{\"mitre_technique_id\":[\"T1046\",\"T1595\"],\"empty\":[]}},"
                    + "\"dns\":{\"answers\":[{\"rrname\":\"a\"},{\"rrname\":\"b\"}],\"mixed\":[1,{\"x\":true},null,2]},\"nothing\":null}";

    @Test
    void anAlertBecomesAnEventWithFlatAttributes() {
        Reading reading = (Reading) decode(ALERT).items().getFirst();
        assertThat(reading.phenomenonTime()).contains(Instant.parse("2026-11-21T09:00:00.123456Z"));
        RawResult.Event event = (RawResult.Event) reading.result();
        assertThat(event.type()).isEqualTo("suricata.alert");
        assertThat(event.attributes())
                .containsOnly(
                        Map.entry("src_ip", "10.0.0.1"),
                        Map.entry("src_port", "4711"),
                        Map.entry("alert.signature", "ET SCAN"),
                        Map.entry("alert.severity", "2"),
                        Map.entry("alert.metadata.mitre_technique_id", "T1046,T1595"),
                        Map.entry("dns.answers.0.rrname", "a"),
                        Map.entry("dns.answers.1.rrname", "b"),
                        Map.entry("dns.mixed", "1,2"),
                        Map.entry("dns.mixed.1.x", "true"));
    }

    @Test
    void theLineIsTheIdentityHoweverItEnds() {
        Reading plain = (Reading) decode(ALERT).items().getFirst();
        Reading windows =
                (Reading) decode("\n\r\n  \n" + ALERT + "\r\n").items().getFirst();
        assertThat(windows.identity()).isEqualTo(plain.identity());
    }

    @Test
    void eachLineIsTakenOrRefusedByItself() {
        byte[] bytes = (ALERT + "\nnot json\n{\"event_type\":\"x\"}\n[1]\n" + ALERT
                        + "}\n{\"timestamp\":\"2026-11-21T10:00:00Z\"}\n" + ALERT)
                .getBytes(StandardCharsets.UTF_8);
        Decoding decoding = decoder.decode(bytes, bytes.length);
        assertThat(decoding.shape()).isEqualTo(Decoding.Shape.LINES);
        assertThat(decoding.items())
                .map(item -> item instanceof Reading)
                .containsExactly(true, false, false, false, false, false, true);
        assertThat(((Decoded.Refusal) decoding.items().get(2)).detail()).contains("no timestamp");
        assertThat(((Decoded.Refusal) decoding.items().get(5)).detail()).contains("no event_type");
        Decoded second = decoding.items().get(1);
        assertThat(new String(bytes, second.start(), second.end() - second.start(), StandardCharsets.UTF_8))
                .isEqualTo("not json");
    }

    @Test
    void whatWasSeenOnTheWireIsMendedRatherThanLost() {
        Reading reading = (Reading) decode(
                        "{\"timestamp\":\"2026-11-21T10:00:00Z\",\"event_type\":\"http\",\"http\":{\"url\":\"/a\\u0000b\\ud800\"}}")
                .items()
                .getFirst();
        assertThat(((RawResult.Event) reading.result()).attributes()).containsEntry("http.url", "/a\uFFFDb\uFFFD");
    }

    @Test
    void aLineThatIsTooLongIsOversizedAndTheNextIsRead() {
        String long_line =
                "{\"timestamp\":\"2026-11-21T10:00:00Z\",\"event_type\":\"x\",\"p\":\"" + "a".repeat(1 << 20) + "\"}";
        List<Decoded> items = decode(long_line + "\n" + ALERT).items();
        assertThat(((Decoded.Refusal) items.getFirst()).reason()).isEqualTo(Reason.OVERSIZED);
        assertThat(items.get(1)).isInstanceOf(Reading.class);
    }

    @Test
    void everyLineThatSuricataItselfWroteIsRead() throws IOException {
        Path corpus = Path.of(System.getProperty("polias.shared", "../../shared/data"), "cyber");
        Assumptions.assumeTrue(Files.isDirectory(corpus), "no Suricata files at " + corpus.toAbsolutePath());
        List<Path> files;
        try (Stream<Path> all = Files.walk(corpus)) {
            files = all.filter(path -> path.endsWith("eve.json")).sorted().toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            long lines = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .count();
            assertThat(decoder.decode(bytes, bytes.length).items())
                    .as(file.toString())
                    .hasSize((int) lines)
                    .allSatisfy(item -> assertThat(item).isInstanceOf(Reading.class));
        }
    }

    private Decoding decode(String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return decoder.decode(bytes, bytes.length);
    }
}
