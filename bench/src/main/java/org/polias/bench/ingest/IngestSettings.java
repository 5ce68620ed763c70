// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.ingest;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to measure.
 *
 * @param rates measured one after the other on one running platform; with {@code flood}, the flooding device's
 * @param seconds how long each is measured
 * @param warmup_s how long each is driven before it is measured
 * @param connections how many devices deliver at once, each to a site of its own
 * @param inFlight how many observations a connection may have sent that are not acknowledged yet
 * @param durability {@code power} or {@code process}
 * @param flood how a flood is measured; absent: none is
 * @param platform the command that starts the platform, up to and including its verb
 * @param work where the platform's data lives while it is measured; on the kind of disk that is to be measured
 */
public record IngestSettings(
        List<Rate> rates,
        int seconds,
        int warmup_s,
        int connections,
        int inFlight,
        String durability,
        Optional<Flood> flood,
        List<String> platform,
        Path work) {

    public IngestSettings {
        rates = List.copyOf(rates);
        platform = List.copyOf(platform);
        require("seconds", seconds, 1, 86_400);
        require("warm-up seconds", warmup_s, 0, 86_400);
        require("connections", connections, 1, BenchCity.DATASTREAMS / 2);
        require("observations in flight", inFlight, 1, MqttPublisher.MAX_IN_FLIGHT);
        if (rates.isEmpty()) {
            throw new IllegalArgumentException("There is no rate to measure.");
        }
    }

    /**
     * One device's latency is measured, alone and while another floods, in turn.
     *
     * @param rounds how often each; together they last as long as a measurement
     * @param connections of the flooding device
     */
    public record Flood(int rounds, int connections) {
        public Flood {
            require("rounds", rounds, 1, 1_000);
            require("connections of the flooding device", connections, 1, 1_000);
        }
    }

    private static void require(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "The number of %s is %d, and must be from %d to %d.".formatted(what, value, least, most));
        }
    }
}
