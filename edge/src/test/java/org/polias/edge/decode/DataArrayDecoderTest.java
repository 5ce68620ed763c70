// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polias.model.admission.Reason;

import static org.assertj.core.api.Assertions.assertThat;

class DataArrayDecoderTest {

    private final DataArrayDecoder decoder = new DataArrayDecoder(DecodeLimits.DEFAULT);

    @Test
    void theDocumentedDataArrayIsRead() {
        Decoding decoding = decode(
                "[{\"Datastream\":{\"@iot.id\":\"x\"},\"components\":[\"phenomenonTime\",\"result\"],\"dataArray@iot.count\":2,\"dataArray\":[[\"2026-11-21T10:00:00Z\",1],[\"2026-11-21T10:00:01Z\",2]]}]");
        assertThat(decoding.shape()).isEqualTo(Decoding.Shape.ROWS);
        assertThat(decoding.items()).hasSize(2).allSatisfy(item -> assertThat(((Reading) item).datastream())
                .contains("x"));
        Reading second = (Reading) decoding.items().get(1);
        assertThat(second.phenomenonTime()).contains(Instant.parse("2026-11-21T10:00:01Z"));
        assertThat(second.result()).isEqualTo(new RawResult.Whole(2));
    }

    @Test
    void theRowsMayStandBeforeTheirComponentsAndSeveralGroupsBehindEachOther() {
        Decoding decoding = decode(
                "[{\"dataArray\":[[5,\"é\",{\"id\":\"a\"}]],\"components\":[\"result\",\"resultTime\",\"parameters\"],\"Datastream\":{\"@iot.id\":1}},"
                        + "{\"Datastream\":{\"@iot.id\":\"y\"},\"components\":[\"id\",\"result\"],\"dataArray\":[[7,true],[8,false]]}]");
        assertThat(decoding.items()).hasSize(3);
        Reading first = (Reading) decoding.items().getFirst();
        assertThat(first.datastream()).contains("1");
        assertThat(first.identity()).contains("a");
        assertThat(((Reading) decoding.items().get(2)).identity()).contains("8");
        assertThat(decoding.headers().keySet()).containsExactly(0, 1);
    }

    @Test
    void aRowThatIsWrongIsRefusedByItself() {
        Decoding decoding = decode(
                "[{\"Datastream\":{\"@iot.id\":\"x\"},\"components\":[\"result\",\"phenomenonTime\"],\"dataArray\":[[1,\"2026-11-21T10:00:00Z\"],[1],[1,\"2026-11-21T10:00:00Z\",3],7,{},[2,\"yesterday\"]]}]");
        assertThat(decoding.items())
                .map(item -> item instanceof Reading)
                .containsExactly(true, false, false, false, false, false);
        assertThat(((Decoded.Refusal) decoding.items().get(1)).detail()).contains("1 values for 2 components");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | not an array of data arrays",
                "[] | hold no observation",
                "[5] | element 0 is not an object",
                "[{}] | names no Datastream",
                "[{\"Datastream\":{\"@iot.id\":\"x\"}}] | no 'result'",
                "[{\"Datastream\":{\"@iot.id\":\"x\"},\"components\":[\"result\"]}] | no dataArray",
                "[{\"Datastream\":{\"@iot.id\":\"x\"},\"components\":\"result\",\"dataArray\":[]}] | wrong type",
                "[{\"Datastream\":\"x\",\"components\":[\"result\"],\"dataArray\":[]}] | wrong type",
                "[{\"Datastream\":{\"@iot.id\":\"x\"},\"components\":[\"result\",\"result\"],\"dataArray\":[]}] | different names",
                "[{\"Datastream\":{\"@iot.id\":\"x\"},\"Datastream\":{\"@iot.id\":\"y\"}}] | occurs twice",
                "[{\"Datastream\":{\"@iot.id\":\"x\",\"@iot.id\":\"y\"}}] | occurs twice",
                "[{\"Datastream\":{\"@iot.id\":\"x\"},\"components\":[\"result\"],\"dataArray\":[]}] | hold no observation",
                "[{\"Datastream\":{\"@iot.id\":\"x\"},\"components\":[\"result\"],\"dataArray\":[[1]] | Not JSON",
                "[{\"Datastream\":{\"@iot.id\":\"x\"},\"components\":[\"result\"],\"dataArray\":[[1]]}] 1 | more behind",
                "[{\"Datastream\":{\"@iot.id\":\"x\"},\"components\":[\"result\"],\"dataArray@iot.count\":3,\"dataArray\":[[1],[2]]}] | 2 rows, but its count is 3",
                "[{\"dataArray@iot.count\":99999999999999999999,\"Datastream\":{\"@iot.id\":\"x\"},\"components\":[\"result\"],\"dataArray\":[[1],[2]]}] | its count is -1",
            })
    void whatIsNoDataArrayIsRefusedAsAWhole(String payload, String why) {
        assertThat(decode(payload).items()).singleElement().isInstanceOfSatisfying(Decoded.Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED);
            assertThat(refusal.detail()).contains(why);
        });
    }

    @Test
    void aRowThatIsTooLongIsOversized() {
        Decoding decoding =
                decode("[{\"Datastream\":{\"@iot.id\":\"x\"},\"components\":[\"result\",\"note\"],\"dataArray\":[[1,\""
                        + "n".repeat(1 << 20) + "\"],[2,\"\"]]}]");
        assertThat(((Decoded.Refusal) decoding.items().getFirst()).reason()).isEqualTo(Reason.OVERSIZED);
        assertThat(decoding.items().get(1)).isInstanceOf(Reading.class);
    }

    private Decoding decode(String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return decoder.decode(bytes, bytes.length);
    }
}
