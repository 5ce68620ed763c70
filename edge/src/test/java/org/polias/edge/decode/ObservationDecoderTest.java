// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polias.model.admission.Reason;
import org.polias.model.observation.Quality;
import org.polias.model.place.Position;

import static org.assertj.core.api.Assertions.assertThat;

class ObservationDecoderTest {

    private final ObservationDecoder decoder = new ObservationDecoder(DecodeLimits.DEFAULT);

    @Test
    void theDocumentedObservationIsRead() {
        Reading reading = read("""
                {"phenomenonTime": "2026-11-21T10:00:00.250Z", "result": 61.5,
                 "resultQuality": "good", "parameters": {"id": "seq-1041"},
                 "FeatureOfInterest": {"feature": {"type": "Point", "coordinates": [13.385, 49.750]}},
                 "Datastream": {"@iot.id": "mic-3-level"}}
                """);
        assertThat(reading.datastream()).contains("mic-3-level");
        assertThat(reading.phenomenonTime()).contains(Instant.parse("2026-11-21T10:00:00.250Z"));
        assertThat(reading.result()).isEqualTo(new RawResult.Real(61.5));
        assertThat(reading.quality()).isEqualTo(Quality.GOOD);
        assertThat(reading.identity()).contains("seq-1041");
        assertThat(reading.position()).contains(new Position(13.385, 49.750));
    }

    @Test
    void aResultAloneIsEnough() {
        Reading reading = read("{\"result\":1}");
        assertThat(reading.datastream()).isEmpty();
        assertThat(reading.phenomenonTime()).isEmpty();
        assertThat(reading.identity()).isEmpty();
        assertThat(reading.result()).isEqualTo(new RawResult.Whole(1));
    }

    @Test
    void anIdGoesBeforeAParameterIdAndThatBeforeASequence() {
        assertThat(read("{\"result\":1,\"parameters\":{\"sequence\":7,\"id\":\"p\"},\"@iot.id\":12}")
                        .identity())
                .contains("12");
        assertThat(read("{\"result\":1,\"parameters\":{\"sequence\":7,\"id\":\"p\"}}")
                        .identity())
                .contains("p");
        assertThat(read("{\"result\":1,\"parameters\":{\"sequence\":7,\"other\":[1,{}]}}")
                        .identity())
                .contains("7");
    }

    @Test
    void everyFormOfResultIsRead() {
        assertThat(result("true")).isEqualTo(new RawResult.Truth(true));
        assertThat(result("false")).isEqualTo(new RawResult.Truth(false));
        assertThat(result("\"open \\u00e9\"")).isEqualTo(new RawResult.Words("open é"));
        assertThat(result("[1,2.5,-3e2]")).isEqualTo(new RawResult.Numbers(1, 2.5, -300));
        assertThat(result("[]")).isEqualTo(new RawResult.Numbers());
        assertThat(result("{\"type\":\"door.forced\",\"door\":{\"id\":4,\"open\":true},\"x\":null,\"tags\":[\"a\",2]}"))
                .isEqualTo(new RawResult.Event(
                        "door.forced", new TreeMap<>(Map.of("door.id", "4", "door.open", "true", "tags", "a,2"))));
        assertThat(result("9223372036854775807")).isEqualTo(new RawResult.Whole(Long.MAX_VALUE));
        assertThat(result("9223372036854775808")).isEqualTo(new RawResult.Real(9.223372036854775808e18));
        assertThat(result("1e400")).isEqualTo(new RawResult.Real(Double.POSITIVE_INFINITY));
        assertThat(result("null")).isInstanceOf(RawResult.Unfit.class);
        assertThat(result("{\"kind\":\"x\"}")).isInstanceOf(RawResult.Unfit.class);
        assertThat(result("[1,\"2\"]")).isInstanceOf(RawResult.Unfit.class);
        assertThat(result("[1,1e999]")).isInstanceOf(RawResult.Unfit.class);
        assertThat(result("[[1],[2]]")).isInstanceOf(RawResult.Unfit.class);
    }

    @Test
    void aFeatureThatIsAPointGivesThePositionAndOtherShapesGiveNone() {
        assertThat(
                        read("{\"result\":1,\"FeatureOfInterest\":{\"feature\":{\"type\":\"Feature\",\"geometry\":{\"coordinates\":[1,2,300],\"type\":\"Point\"}}}}")
                                .position())
                .contains(new Position(1, 2));
        assertThat(
                        read("{\"result\":1,\"FeatureOfInterest\":{\"feature\":{\"type\":\"Polygon\",\"coordinates\":[[[1,2],[3,4],[5,6],[1,2]]]}}}")
                                .position())
                .isEqualTo(Optional.empty());
        assertThat(read("{\"result\":1,\"FeatureOfInterest\":{\"@iot.id\":5}}").position())
                .isEqualTo(Optional.empty());
    }

    @Test
    void nullsOfOptionalMembersCountAsAbsent() {
        Reading reading = read(
                "{\"result\":1,\"phenomenonTime\":null,\"resultTime\":null,\"resultQuality\":null,\"parameters\":null,\"Datastream\":null,\"FeatureOfInterest\":null,\"@iot.id\":null}");
        assertThat(reading.quality()).isEqualTo(Quality.GOOD);
        assertThat(reading.identity()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | no result",
                "{\"result\":1,\"result\":2} | 'result' occurs twice",
                "{\"result\":1,\"Datastream\":{\"@iot.id\":\"a\"},\"Datastream\":{\"@iot.id\":\"b\"}} | 'Datastream' occurs twice",
                "{\"result\":1,\"Datastream\":{\"@iot.id\":\"a\",\"@iot.id\":\"b\"}} | occurs twice",
                "{\"result\":1,\"parameters\":{\"id\":1,\"id\":2}} | occurs twice",
                "{\"result\":{\"type\":\"a\",\"b\":1,\"b\":2}} | 'b' occurs twice",
                "{\"result\":{\"type\":\"a\",\"b\":{\"c\":1},\"b.c\":2}} | 'b.c' occurs twice",
                "{\"result\":NaN} | Not JSON at byte 13 (line 1, column 14): Non-standard token 'NaN'.",
                "{\"result\":Infinity} | Not JSON",
                "{\"result\":0x10} | Not JSON",
                "{\"result\":01} | Not JSON",
                "{\"result\":1.} | Not JSON",
                "{\"result\":+1} | Not JSON",
                "{\"result\":1,} | Not JSON",
                "{result:1} | Not JSON",
                "{'result':1} | Not JSON",
                "{\"result\":1 | Not JSON at byte",
                "{\"result\":\"abc | Not JSON",
                "{\"result\":1}} | Unexpected close marker",
                "{\"result\":1}{\"result\":2} | more behind",
                "{\"result\":1} x | Not JSON",
                "5 | neither an observation nor",
                "\"text\" | neither an observation nor",
                "null | neither an observation nor",
                "true | neither an observation nor",
                "[] | holds no observation",
                "// comment | Not JSON",
                "{\"result\":1,\"phenomenonTime\":1763719200} | '1763719200', not a string",
                "{\"result\":1,\"phenomenonTime\":{}} | an object, not a string",
                "{\"result\":1,\"phenomenonTime\":\"2026-11-21T10:00:00\"} | no offset",
                "{\"result\":1,\"phenomenonTime\":\"99999-01-01T00:00:00Z\"} | four digits",
                "{\"result\":1,\"resultQuality\":\"fine\"} | 'fine'",
                "{\"result\":1,\"resultQuality\":[{\"a\":1}]} | an array",
                "{\"result\":1,\"Datastream\":\"a\"} | not an object",
                "{\"result\":1,\"Datastream\":{}} | no @iot.id",
                "{\"result\":1,\"Datastream\":{\"@iot.id\":[]}} | an array",
                "{\"result\":1,\"parameters\":[]} | not an object",
                "{\"result\":1,\"@iot.id\":1.5} | neither a string nor",
                "{\"result\":1,\"@iot.id\":\"\"} | 0 characters",
                "{\"result\":1,\"FeatureOfInterest\":{\"feature\":{\"type\":\"Point\",\"coordinates\":[13,95]}}} | not on the earth",
                "{\"result\":1,\"FeatureOfInterest\":{\"feature\":{\"type\":\"Point\",\"coordinates\":[\"13\",\"50\"]}}} | coordinates",
                "{\"result\":1,\"FeatureOfInterest\":{\"feature\":{\"type\":\"Point\",\"coordinates\":[13]}}} | not on the earth",
                "{\"result\":1,\"FeatureOfInterest\":{\"feature\":{\"type\":\"Point\"}}} | coordinates",
                "{\"result\":\"\\u0000\"} | character that is none",
                "{\"result\":\"\\ud800\"} | character that is none",
                "{\"result\":{\"type\":\"a\",\"b\":\"\\u0000\"}} | character that is none",
            })
    void whatIsNoObservationIsRefusedAsMalformedAndSaysWhy(String payload, String why) {
        assertThat(decode(payload).items()).singleElement().satisfies(item -> {
            assertThat(item).isInstanceOf(Decoded.Refusal.class);
            Decoded.Refusal refusal = (Decoded.Refusal) item;
            assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED);
            assertThat(refusal.detail()).contains(why);
        });
    }

    @Test
    void anEmptyPayloadIsMalformed() {
        assertThat(refusal(new byte[0]).detail()).contains("empty");
        assertThat(refusal(bytes(" \r\n\t ")).detail()).contains("empty");
        assertThat(refusal(bytes("\uFEFF")).detail()).contains("empty");
    }

    @Test
    void aByteOrderMarkIsPassedOver() {
        assertThat(read("\uFEFF{\"result\":1}").result()).isEqualTo(new RawResult.Whole(1));
        assertThat(refusal(bytes("\uFEFF{\"result\":NaN}")).detail()).contains("at byte 16");
    }

    @Test
    void onlyUtf8IsRead() {
        for (String charset : new String[] {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"}) {
            assertThat(refusal("{\"result\":1}".getBytes(Charset.forName(charset)))
                            .reason())
                    .isEqualTo(Reason.MALFORMED);
        }
        assertThat(refusal("{\"result\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1))
                        .detail())
                .isEqualTo("The byte 0xE9 at byte 11 is not UTF-8.");
        assertThat(refusal(with("{\"result\":\"", new int[] {0xC0, 0xAF}, "\"}"))
                        .detail())
                .contains("0xC0");
        assertThat(refusal(with("{\"result\":\"", new int[] {0xED, 0xA0, 0x80}, "\"}"))
                        .detail())
                .contains("0xED");
        assertThat(refusal(with("{\"result\":\"", new int[] {0xF4, 0x90, 0x80, 0x80}, "\"}"))
                        .detail())
                .contains("0xF4");
        assertThat(refusal(with("{\"result\":\"", new int[] {0xE2, 0x82}, "\"}"))
                        .detail())
                .contains("0xE2");
        assertThat(result("\"\uD83D\uDE80 €\"")).isEqualTo(new RawResult.Words("\uD83D\uDE80 €"));
    }

    @Test
    void whatIsNestedDeeplyOrWrittenAtLengthIsRefusedAndHarmless() {
        assertThat(refusal(bytes("[".repeat(100_000))).reason()).isEqualTo(Reason.MALFORMED);
        assertThat(refusal(bytes("{\"result\":1,\"x\":" + "{\"a\":".repeat(70) + "1" + "}".repeat(71)))
                        .detail())
                .contains("nesting");
        assertThat(refusal(bytes("{\"result\":" + "9".repeat(5_000) + "}")).reason())
                .isEqualTo(Reason.MALFORMED);
        assertThat(refusal(bytes("{\"" + "n".repeat(5_000) + "\":1,\"result\":1}"))
                        .reason())
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void aResultThatIsTooLargeForTheLogIsOversized() {
        assertThat(refusal(bytes("{\"result\":\"" + "x".repeat((512 << 10) + 1) + "\"}"))
                        .reason())
                .isEqualTo(Reason.OVERSIZED);
        assertThat(refusal(bytes("{\"result\":\"" + "€".repeat(200_000) + "\"}"))
                        .reason())
                .isEqualTo(Reason.OVERSIZED);
        assertThat(refusal(bytes("{\"result\":[" + "1,".repeat(65_536) + "1]}")).reason())
                .isEqualTo(Reason.OVERSIZED);
        String nested = "{\"type\":\"x\",\"" + "n".repeat(500) + "\":{"
                + String.join(
                        ",",
                        IntStream.range(0, 2_000)
                                .mapToObj(i -> "\"" + i + "\":1")
                                .toList())
                + "}}";
        assertThat(refusal(bytes("{\"result\":" + nested + "}")).reason()).isEqualTo(Reason.OVERSIZED);
    }

    @Test
    void ofAnArrayEachElementIsTakenOrRefusedByItselfAndKnowsWhereItStands() {
        String payload = "\uFEFF[ {\"result\":1},\n{\"result\":}  ]";
        assertThat(decode(payload).items()).singleElement().isInstanceOf(Decoded.Refusal.class);

        String good = "\uFEFF[ {\"result\":1}, {\"x\":\"é\"}, 17, \"str\", [1,[2]], {\"result\":2}]";
        byte[] bytes = bytes(good);
        Decoding decoding = decoder.decode(bytes, bytes.length);
        assertThat(decoding.shape()).isEqualTo(Decoding.Shape.ARRAY);
        assertThat(decoding.items())
                .map(item -> new String(bytes, item.start(), item.end() - item.start(), StandardCharsets.UTF_8))
                .containsExactly("{\"result\":1}", "{\"x\":\"é\"}", "17", "\"str\"", "[1,[2]]", "{\"result\":2}");
        assertThat(decoding.items())
                .map(item -> item instanceof Reading)
                .containsExactly(true, false, false, false, false, true);
    }

    @Test
    void anArrayOfTooManyIsOversized() {
        ObservationDecoder strict = new ObservationDecoder(new DecodeLimits(1 << 20, 3, 1 << 19));
        byte[] three = bytes("[{\"result\":1},{\"result\":1},{\"result\":1}]");
        assertThat(strict.decode(three, three.length).items()).hasSize(3);
        byte[] four = bytes("[{\"result\":1},{\"result\":1},{\"result\":1},{\"result\":1}]");
        assertThat(strict.decode(four, four.length).items())
                .singleElement()
                .isInstanceOfSatisfying(Decoded.Refusal.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo(Reason.OVERSIZED));
    }

    @Test
    void anObservationThatIsTooLongIsOversizedHoweverItComes() {
        String padded = "{\"result\":1,\"x\":\"" + "y".repeat(1 << 20) + "\"}";
        assertThat(refusal(bytes(padded)).reason()).isEqualTo(Reason.OVERSIZED);
        assertThat(refusal(bytes("[" + padded + "]")).reason()).isEqualTo(Reason.OVERSIZED);
    }

    @Test
    void anIdentityThatIsNoTextIsRefused() {
        assertThat(refusal(bytes("{\"result\":1,\"@iot.id\":\"\\udc00\"}")).detail())
                .contains("half of a surrogate pair");
    }

    @Test
    void anEventHasOneType() {
        assertThat(refusal(bytes("{\"result\":{\"type\":[\"a\",\"b\"]}}")).detail())
                .contains("'type' is an array");
        assertThat(read("{\"result\":{\"type\":17}}").result())
                .isInstanceOfSatisfying(
                        RawResult.Event.class, event -> assertThat(event.type()).isEqualTo("17"));
    }

    @Test
    void whatIsPackedIsToldSo() {
        assertThat(refusal(new byte[] {0x1f, (byte) 0x8b, 8, 0}).detail()).contains("Maybe it is packed by gzip");
    }

    @Test
    void onlyTheGivenPartOfTheArrayIsRead() {
        byte[] bytes = bytes("{\"result\":1}{\"garbage");
        assertThat(decoder.decode(bytes, 12).items()).singleElement().isInstanceOf(Reading.class);
    }

    private Decoding decode(String payload) {
        byte[] bytes = bytes(payload);
        return decoder.decode(bytes, bytes.length);
    }

    private Reading read(String payload) {
        return (Reading) decode(payload).items().getFirst();
    }

    private RawResult result(String json) {
        return read("{\"result\":" + json + "}").result();
    }

    private Decoded.Refusal refusal(byte[] bytes) {
        return (Decoded.Refusal) decoder.decode(bytes, bytes.length).items().getFirst();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] with(String before, int[] raw, String after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes(before));
        for (int b : raw) {
            out.write(b);
        }
        out.writeBytes(bytes(after));
        return out.toByteArray();
    }
}
