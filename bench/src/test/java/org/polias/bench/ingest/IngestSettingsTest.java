// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.ingest;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IngestSettingsTest {

    private static IngestSettings settings(int seconds, int connections) {
        return new IngestSettings(
                List.of(Rate.MAXIMUM),
                seconds,
                0,
                connections,
                1,
                "power",
                Optional.empty(),
                List.of("up"),
                Path.of("work"));
    }

    @Test
    void aRateIsANumberOrMax() {
        assertThat(Rate.parse("10000")).isEqualTo(new Rate(10_000));
        assertThat(Rate.parse("MAX")).isEqualTo(Rate.MAXIMUM);
        assertThat(Rate.parse("max").share(4)).isInfinite();
        assertThat(Rate.parse("100").share(4)).isEqualTo(25);
        assertThatThrownBy(() -> Rate.parse("fast")).hasMessageContaining("'fast' is no rate");
        assertThatThrownBy(() -> Rate.parse("0")).hasMessageContaining("must be at least 1");
    }

    @Test
    void whatCannotBeMeasuredIsRefusedWithItsValue() {
        assertThatThrownBy(() -> settings(0, 4)).hasMessageContaining("seconds is 0");
        assertThatThrownBy(() -> settings(1, 0)).hasMessageContaining("connections is 0");
        assertThatThrownBy(() -> new IngestSettings.Flood(0, 1)).hasMessageContaining("rounds is 0");
        assertThatThrownBy(() -> new IngestSettings.Flood(1, 0))
                .hasMessageContaining("connections of the flooding device is 0");
    }
}
