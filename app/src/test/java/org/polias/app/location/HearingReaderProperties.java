// SPDX-License-Identifier: Apache-2.0
package org.polias.app.location;

import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a file of hearings holds, reading answers: with hearings, or with what is wrong in sentences. */
class HearingReaderProperties {

    private static final String SOUND = """
            {"sensors": [{"id": "a", "lat": 49.75, "lon": 13.38, "clock_offset_s": 0.01},
                         {"id": "b", "lat": 49.751, "lon": 13.38},
                         {"id": "c", "lat": 49.75, "lon": 13.382, "clock_sigma_s": 0.002}],
             "arrivals": [{"sensor": "a", "time": "2026-11-21T20:15:03.214Z", "sigma_s": 0.01, "level_dB": 95},
                          {"sensor": "b", "time": "2026-11-21T20:15:03.414Z", "wave": "blast"},
                          {"sensor": "c", "time": "2026-11-21T20:15:03.514Z"}],
             "air": {"temperature_C": 12, "wind_speed_m_per_s": 3, "wind_from_deg": 270}}
            """;

    private static final List<String> PIECES = List.of(
            "null",
            "true",
            "\"\"",
            "{}",
            "[]",
            "1e400",
            "-1e400",
            "NaN",
            "1e-9999",
            "91",
            "-181",
            "\"a\"",
            "\"1970\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\u0000",
            "{\"id\": \"a\"}",
            "\"arrivals\"",
            "\"sensors\"",
            "999999999999999999999");

    @Example
    void theSoundFileIsRead() {
        assertThat(HearingReader.read("sound.json", SOUND)).isInstanceOf(HearingReader.Reading.Read.class);
    }

    @Example
    void anArrivalOfABrokenSensorIsNotReportedTwice() {
        HearingReader.Reading reading =
                HearingReader.read("broken.json", SOUND.replace("\"lat\": 49.751", "\"lat\": 149.751"));
        assertThat(reading)
                .isInstanceOfSatisfying(HearingReader.Reading.Refused.class, refused -> assertThat(refused.problems())
                        .singleElement()
                        .asString()
                        .contains("149.751"));
    }

    @Property(tries = 300)
    void anyTextIsAnswered(@ForAll @Size(max = 200) String text) {
        assertThatItAnswers(text);
    }

    @Property(tries = 2_000)
    void aSoundFileWithPiecesReplacedIsAnswered(@ForAll("edits") List<Edit> edits) {
        StringBuilder text = new StringBuilder(SOUND);
        for (Edit edit : edits) {
            int from = (int) (edit.at * text.length());
            text.replace(from, Math.min(text.length(), from + edit.length), edit.piece);
        }
        assertThatItAnswers(text.toString());
    }

    @Property(tries = 1_000)
    void aSoundFileWithValuesReplacedIsAnswered(@ForAll("values") List<Edit> edits) {
        String[] parts = SOUND.split("(?<=: )|(?=[,}])");
        for (Edit edit : edits) {
            parts[(int) (edit.at * parts.length)] = edit.piece;
        }
        assertThatItAnswers(String.join("", parts));
    }

    record Edit(double at, int length, String piece) {}

    @Provide
    Arbitrary<List<Edit>> edits() {
        return edit(Arbitraries.integers().between(0, 12)).list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<Edit>> values() {
        return edit(Arbitraries.just(0)).list().ofMinSize(1).ofMaxSize(4);
    }

    private static Arbitrary<Edit> edit(Arbitrary<Integer> lengths) {
        return Combinators.combine(Arbitraries.doubles().between(0, true, 1, false), lengths, Arbitraries.of(PIECES))
                .as(Edit::new);
    }

    private static void assertThatItAnswers(String text) {
        switch (HearingReader.read("heard.json", text)) {
            case HearingReader.Reading.Read read -> assertThat(read.hearings()).isNotNull();
            case HearingReader.Reading.Refused refused ->
                assertThat(refused.problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem)
                        .contains("heard.json")
                        .doesNotContain("Exception"));
        }
    }
}
