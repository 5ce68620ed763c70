// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.script;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polias.detect.Signal;
import org.polias.detect.TestSite;
import org.polias.model.observation.Quality;
import org.polias.model.observation.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScriptTest {

    private final Script script = Script.of(new TestSite()
            .microphone("mic-1")
            .network("eve")
            .asset("gate")
            .door("door", "gate")
            .definition());

    private Signal.Reading reading(String line) {
        return (Signal.Reading) script.read(line).getFirst();
    }

    @Test
    void aLineIsAReading() {
        Signal.Reading reading = reading("01:02:03.5 mic-1 48.25 uncertain at 01:02:03");
        assertThat(reading.knownAt()).isEqualTo(Instant.parse("2026-11-21T01:02:03.500Z"));
        assertThat(reading.observation().phenomenonTime()).isEqualTo(Instant.parse("2026-11-21T01:02:03Z"));
        assertThat(reading.observation().result()).isEqualTo(new Result.Quantity(48.25));
        assertThat(reading.observation().quality()).isEqualTo(Quality.UNCERTAIN);
    }

    @Test
    void anEventHasAttributesWhichMayBeQuoted() {
        assertThat(reading("00:00:00 door access.refused credential=7 reason=\"not here, not now\" note=")
                        .observation()
                        .result())
                .isEqualTo(new Result.EventRecord(
                        "access.refused", Map.of("credential", "7", "reason", "not here, not now", "note", "")));
    }

    @Test
    void aSpanRepeatsItsLine() {
        List<Signal> ticks = script.read("00:00:00 .. 00:00:01 every 0.5s tick");
        assertThat(ticks)
                .containsExactly(
                        new Signal.Tick(Script.EPOCH),
                        new Signal.Tick(Script.EPOCH.plus(Duration.ofMillis(500))),
                        new Signal.Tick(Script.EPOCH.plusSeconds(1)));
    }

    @Test
    void commentsAndEmptyLinesMeanNothing() {
        assertThat(script.play("# nothing happens\n\n")).isEqualTo("# nothing happens\n\n");
    }

    @Test
    void whatFollowsAnArrowIsReplacedByTheTruth() {
        assertThat(script.play("00:00:00 door door.forced\n  -> nothing at all\n"))
                .isEqualTo("00:00:00 door door.forced\n"
                        + "  -> access.forced MOMENT door 5.6 | Datastream door was forced open.\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "soon mic-1 48",
                "00:00 mic-1 48",
                "00:00:00",
                "00:00:00 mic-2 48",
                "00:00:00 mic-1 loud",
                "00:00:00 door x y"
            })
    void aLineThatCannotBeReadIsToldWithAdvice(String line) {
        assertThatThrownBy(() -> script.play(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(line)
                .hasMessageContaining("\nMaybe ");
    }
}
