// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EventDecoderTest {

    private static final EventMapping DOORS = EventMapping.of(Map.of(
            "time", "/occurred/at",
            "type", "/code",
            "id", "/guid",
            "attribute.credential", "/card/number",
            "attribute.first", "/readers/0",
            "type.value.E_DENIED", "access.refused"));

    private final EventDecoder decoder = new EventDecoder(DecodeLimits.DEFAULT);

    @Test
    void anEventInOurNamesIsRead() {
        Reading reading = (Reading) decode(
                        "{\"time\":\"2026-11-21T10:00:00Z\",\"type\":\"access.refused\",\"id\":17,\"door\":\"d1\",\"card\":{\"number\":4}}",
                        EventMapping.OWN)
                .items()
                .getFirst();
        assertThat(reading.phenomenonTime()).contains(Instant.parse("2026-11-21T10:00:00Z"));
        assertThat(reading.identity()).contains("17");
        assertThat(reading.result())
                .isEqualTo(
                        new RawResult.Event("access.refused", new TreeMap<>(Map.of("door", "d1", "card.number", "4"))));
    }

    @Test
    void aMappingFindsTheFieldsOfAnotherSystemAndTranslatesItsTypes() {
        Reading reading = (Reading) decode(
                        "{\"occurred\":{\"at\":\"2026-11-21T10:00:00Z\"},\"code\":\"E_DENIED\",\"guid\":\"g\",\"card\":{\"number\":\"77\"},\"readers\":[\"r1\",\"r2\"],\"note\":\"n\"}",
                        DOORS)
                .items()
                .getFirst();
        assertThat(reading.phenomenonTime()).contains(Instant.parse("2026-11-21T10:00:00Z"));
        assertThat(reading.identity()).contains("g");
        assertThat(reading.result())
                .isEqualTo(new RawResult.Event(
                        "access.refused",
                        new TreeMap<>(Map.of("credential", "77", "first", "r1", "readers", "r1,r2", "note", "n"))));
    }

    @Test
    void aTypeWithoutTranslationStaysAndATimeMayBeMissing() {
        Reading reading =
                (Reading) decode("{\"code\":\"E_OTHER\"}", DOORS).items().getFirst();
        assertThat(((RawResult.Event) reading.result()).type()).isEqualTo("E_OTHER");
        assertThat(reading.phenomenonTime()).isEmpty();
    }

    @Test
    void arraysLinesAndObjectsPrintedOverSeveralLinesAreRead() {
        assertThat(decode("[{\"type\":\"a\"},5,{\"type\":\"b\"}]", EventMapping.OWN)
                        .items())
                .map(item -> item instanceof Reading)
                .containsExactly(true, false, true);
        assertThat(decode("{\"type\":\"a\"}\nrubbish\n\n{\"type\":\"b\"}\n", EventMapping.OWN)
                        .items())
                .map(item -> item instanceof Reading)
                .containsExactly(true, false, true);
        assertThat(decode("{\"x\":1\n{\"type\":\"b\"}\n", EventMapping.OWN).items())
                .map(item -> item instanceof Reading)
                .containsExactly(false, true);
        assertThat(decode("\n{\n \"type\": \"a\",\n \"door\": \"d\"\n}\n", EventMapping.OWN)
                        .items())
                .singleElement()
                .isInstanceOf(Reading.class);
    }

    @Test
    void whatIsNoEventIsRefused() {
        assertThat(detail("{}")).contains("no 'type'");
        assertThat(detail("{\"type\":\"\"}")).contains("is not one");
        assertThat(detail("{\"type\":\"a b\"}")).contains("is not one");
        assertThat(detail("{\"type\":\"a\",\"time\":\"noon\"}")).contains("The time 'noon'");
        assertThat(detail("{\"type\":\"a\",\"id\":\"\"}")).contains("0 characters");
        assertThat(detail("{\"type\":\"a\",\"type\":\"b\"}")).contains("occurs twice");
        assertThat(detail("{\"type\":[\"a\"]}")).contains("'type' is an array");
        assertThat(detail("{\"type\":\"a\",\"id\":[1,2]}")).contains("'id' is an array");
        assertThat(detail("{\"type\":\"a\",\"time\":[\"2026-11-21T10:00:00Z\"]}"))
                .contains("'time' is an array");
        assertThat(detail("")).contains("empty");
        assertThat(detail("7")).contains("not an object");
        assertThat(detail("{\"type\":\"a\",\"" + "n".repeat(600) + "\":1}")).contains("600 characters long");
    }

    @Test
    void aMappingThatCannotBeIsToldWithAdvice() {
        assertThat(EventMapping.problems(Map.of(
                        "time", "/a",
                        "id", "guid",
                        "colour", "/c",
                        "attribute.x", "/",
                        "type.value.E", "a b")))
                .hasSize(4)
                .allSatisfy(problem -> assertThat(problem).contains("\nMaybe"));
        assertThat(EventMapping.problems(Map.of("time", "/a~1b/c~0d"))).isEmpty();
    }

    private Decoding decode(String payload, EventMapping mapping) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return decoder.decode(bytes, bytes.length, mapping);
    }

    private String detail(String payload) {
        return ((Decoded.Refusal) decode(payload, EventMapping.OWN).items().getFirst()).detail();
    }
}
