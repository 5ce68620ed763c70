// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.polias.model.admission.Reason;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever comes, a decoder answers with a value, refuses only for reasons that it may have, and knows where each item stands. */
class DecoderProperties {

    private static final EventMapping MAPPING =
            EventMapping.of(Map.of("time", "/t", "type", "/c/0", "attribute.a", "/d/e"));

    private static final List<String> SEEDS = List.of(
            "{\"phenomenonTime\": \"2026-11-21T10:00:00.250Z\", \"result\": 61.5, \"resultQuality\": \"good\", \"parameters\": {\"id\": \"é\"}, \"FeatureOfInterest\": {\"feature\": {\"type\": \"Point\", \"coordinates\": [13.385, 49.750]}}, \"Datastream\": {\"@iot.id\": \"mic\"}}",
            "[{\"result\":1},{\"result\":[1,2]},{\"result\":{\"type\":\"x\",\"a\":{\"b\":[1,{\"c\":2}]}}}]",
            "[{\"Datastream\":{\"@iot.id\":\"x\"},\"components\":[\"phenomenonTime\",\"result\"],\"dataArray@iot.count\":2,\"dataArray\":[[\"2026-11-21T10:00:00Z\",1],[\"2026-11-21T10:00:01Z\",2]]}]",
            "{\"timestamp\":\"2026-11-21T10:00:00.123456+0100\",\"event_type\":\"alert\",\"alert\":{\"metadata\":{\"m\":[\"T1046\",\"T1595\"]}}}\n{\"timestamp\":\"x\"}\n",
            "{\"time\":\"2026-11-21T10:00:00Z\",\"type\":\"access.refused\",\"id\":17,\"c\":[\"E\"],\"d\":{\"e\":1}}\n{}");

    private static final List<Function<byte[], Decoding>> DECODERS = List.of(
            bytes -> new ObservationDecoder(DecodeLimits.DEFAULT).decode(bytes, bytes.length),
            bytes -> new DataArrayDecoder(DecodeLimits.DEFAULT).decode(bytes, bytes.length),
            bytes -> new EveDecoder(DecodeLimits.DEFAULT).decode(bytes, bytes.length),
            bytes -> new EventDecoder(DecodeLimits.DEFAULT).decode(bytes, bytes.length, EventMapping.OWN),
            bytes -> new EventDecoder(DecodeLimits.DEFAULT).decode(bytes, bytes.length, MAPPING));

    @Property(tries = 1000)
    void anyBytes(@ForAll byte[] bytes) {
        DECODERS.forEach(decoder -> check(decoder, bytes));
    }

    @Property(tries = 2000)
    void anyPayloadWithSomeBytesChanged(@ForAll("mutants") byte[] bytes) {
        DECODERS.forEach(decoder -> check(decoder, bytes));
    }

    @Property(tries = 2000)
    void anyJsonWhatever(@ForAll("json") String json) {
        DECODERS.forEach(decoder -> check(decoder, json.getBytes(StandardCharsets.UTF_8)));
    }

    @Property(tries = 500)
    void everyPayloadCutShortIsRefusedOrHoldsWholeItems(@ForAll("cuts") byte[] bytes) {
        DECODERS.forEach(decoder -> check(decoder, bytes));
    }

    @Provide
    Arbitrary<byte[]> mutants() {
        Arbitrary<Integer> at = Arbitraries.integers().between(0, 1000);
        Arbitrary<String> splice = Arbitraries.of(
                "",
                "{",
                "}",
                "[",
                "]",
                "\"",
                ",",
                ":",
                "\\",
                "\\u0000",
                "\n",
                "\u0000",
                "null",
                "1e999",
                "-",
                "\uFEFF",
                "\"result\":1,",
                "{\"a\":",
                "99999",
                "é");
        return Combinators.combine(
                        Arbitraries.of(SEEDS),
                        Combinators.combine(at, splice, at.map(i -> i % 4))
                                .as(Splice::new)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(4))
                .as((seed, splices) -> {
                    String text = seed;
                    for (Splice s : splices) {
                        int from = s.at() % (text.length() + 1);
                        int to = Math.min(text.length(), from + s.removed());
                        text = text.substring(0, from) + s.text() + text.substring(to);
                    }
                    return text.getBytes(StandardCharsets.UTF_8);
                });
    }

    private record Splice(int at, String text, int removed) {}

    @Provide
    Arbitrary<byte[]> cuts() {
        return Combinators.combine(Arbitraries.of(SEEDS), Arbitraries.integers().between(0, 1000))
                .as((seed, at) -> {
                    byte[] bytes = seed.getBytes(StandardCharsets.UTF_8);
                    return Arrays.copyOf(bytes, at % (bytes.length + 1));
                });
    }

    @Provide
    Arbitrary<String> json() {
        Arbitrary<String> names = Arbitraries.of(
                        "result",
                        "phenomenonTime",
                        "Datastream",
                        "@iot.id",
                        "parameters",
                        "id",
                        "sequence",
                        "type",
                        "FeatureOfInterest",
                        "feature",
                        "coordinates",
                        "geometry",
                        "resultQuality",
                        "components",
                        "dataArray",
                        "timestamp",
                        "event_type",
                        "time",
                        "c",
                        "d",
                        "e",
                        "t",
                        "a.b",
                        "a")
                .map(name -> "\"" + name + "\"");
        Arbitrary<String> scalars = Arbitraries.of(
                "null",
                "true",
                "1",
                "-0.0",
                "1e308",
                "1e309",
                "12345678901234567890",
                "\"\"",
                "\"Point\"",
                "\"x\"",
                "\"result\"",
                "\"2026-11-21T10:00:00Z\"",
                "\"\\ud800\"",
                "\"good\"");
        return Arbitraries.recursive(
                () -> scalars,
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(4).map(all -> "[" + String.join(",", all) + "]"),
                        Combinators.combine(names, Arbitraries.oneOf(inner, scalars))
                                .as((name, value) -> name + ":" + value)
                                .list()
                                .ofMaxSize(5)
                                .map(all -> "{" + String.join(",", all) + "}")),
                0,
                4);
    }

    private static void check(Function<byte[], Decoding> decoder, byte[] bytes) {
        Decoding decoding = decoder.apply(bytes);
        assertThat(decoding.items()).isNotEmpty();
        int last = 0;
        for (Decoded item : decoding.items()) {
            assertThat(item.start()).isBetween(0, item.end());
            assertThat(item.end()).isLessThanOrEqualTo(bytes.length);
            assertThat(item.start()).isGreaterThanOrEqualTo(last);
            last = item.end();
            if (item instanceof Decoded.Refusal refusal) {
                assertThat(refusal.reason()).isIn(Reason.MALFORMED, Reason.OVERSIZED);
                assertThat(refusal.detail()).isNotBlank().hasSizeLessThan(600).doesNotContain("\u0000");
            }
        }
        assertThat(decoder.apply(bytes)).isEqualTo(decoding);
    }
}
