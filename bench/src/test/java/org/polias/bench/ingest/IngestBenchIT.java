// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IngestBenchIT {

    @TempDir
    private Path work;

    private IngestSettings settings(
            List<Rate> rates, int seconds, Optional<IngestSettings.Flood> flood, String... more) {
        List<String> platform = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FakePlatform.class.getName()));
        platform.addAll(List.of(more));
        return new IngestSettings(rates, seconds, 1, 2, 100, "process", flood, platform, work);
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        try (Stream<Path> left = Files.list(work)) {
            assertThat(left).isEmpty();
        }
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void aSeriesSendsWhatItSaysAndSeesEveryBang() throws IOException, InterruptedException {
        List<IngestResult> results = new ArrayList<>();
        new IngestBench(settings(List.of(new Rate(400), Rate.MAXIMUM), 11, Optional.empty()), line -> assertThat(line)
                        .isNotBlank())
                .run(results::add);
        assertThat(results).hasSize(2);
        JsonNode fixed = new ObjectMapper().readTree(results.getFirst().json());
        assertThat(fixed.fieldNames())
                .toIterable()
                .startsWith(
                        "rate_per_s", "sent", "acked", "stored", "latency_p50_ms", "latency_p99_ms", "cpu_s", "rss_mb")
                .contains("seconds", "durability", "machine", "latency_max_ms", "cpu_generator_s");
        assertThat(fixed.path("sent").asLong()).isEqualTo(400 * 11);
        assertThat(fixed.path("acked")).isEqualTo(fixed.path("sent"));
        assertThat(fixed.path("stored")).isEqualTo(fixed.path("sent"));
        assertThat(fixed.path("probes").asLong()).isPositive();
        assertThat(fixed.path("probes_seen")).isEqualTo(fixed.path("probes"));
        assertThat(fixed.path("probes_lost").asLong()).isZero();
        assertThat(fixed.path("latency_p50_ms").asDouble()).isPositive();
        JsonNode fastest = new ObjectMapper().readTree(results.getLast().json());
        assertThat(fastest.path("sent").asLong()).isGreaterThan(400 * 11);
        assertThat(fastest.path("stored")).isEqualTo(fastest.path("sent"));
        assertThat(fastest.path("offered_per_s").asText()).isEqualTo("max");
    }

    @Test
    void aFloodIsMeasuredAloneAndBeside() throws IOException, InterruptedException {
        List<IngestResult> results = new ArrayList<>();
        new IngestBench(settings(List.of(new Rate(2_000)), 24, Optional.of(new IngestSettings.Flood(2, 4))), _ -> {})
                .run(results::add);
        JsonNode flood = new ObjectMapper().readTree(results.getFirst().json());
        // Two rounds of twelve seconds, each after three to settle; the flood does not catch up on what it could not
        // send.
        assertThat(flood.path("sent").asLong()).isBetween(500L * 30 + 1_000 * 30, 500L * 30 + 2_000 * 30);
        assertThat(flood.path("stored")).isEqualTo(flood.path("sent"));
        assertThat(flood.path("probes_seen").asLong()).isPositive();
        assertThat(flood.path("alone_probes_seen").asLong()).isPositive();
        assertThat(flood.path("probes_seen").asLong()).isGreaterThan(100);
        assertThat(flood.path("latency_p99_ratio").asDouble()).isPositive();
        assertThat(flood.path("latency_p99_ratio_low").asDouble())
                .isLessThanOrEqualTo(flood.path("latency_p99_ratio_high").asDouble());
    }

    @Test
    void aPlatformThatDoesNotStartIsQuoted() {
        assertThatThrownBy(() -> new IngestBench(settings(List.of(new Rate(10)), 1, Optional.empty(), "--die"), _ -> {})
                        .run(_ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The flux is 3 and not 4.");
    }
}
