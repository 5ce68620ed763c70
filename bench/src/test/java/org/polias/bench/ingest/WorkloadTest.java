// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import static org.assertj.core.api.Assertions.assertThat;

class WorkloadTest {

    private static final long SECOND_NS = 1_000_000_000L;

    private final Probes probes = new Probes();
    private final Workload workload = new Workload(new BenchCity(4), 0, probes);

    /** What goes out in so many seconds at this rate. */
    private List<Packet> packets(int seconds, int rate_per_s) throws JsonProcessingException {
        long start_ns = System.nanoTime();
        workload.begin(start_ns, workload.usualProbeStreams(rate_per_s));
        List<Packet> packets = new ArrayList<>();
        for (int i = 0; i < seconds * rate_per_s; i++) {
            ByteBuf out = Unpooled.buffer();
            workload.write(out, 1 + i % 65_535, start_ns + i * SECOND_NS / rate_per_s);
            packets.add(Packet.read(out));
        }
        return packets;
    }

    @Test
    void everyPacketIsAnObservationOfItsOwn() throws JsonProcessingException {
        Set<String> ids = new HashSet<>();
        Map<String, Instant> newest = new HashMap<>();
        for (Packet packet : packets(3, 1_000)) {
            assertThat(packet.header).isEqualTo(0x32);
            assertThat(packet.topic).matches("v1\\.1/Datastreams\\(bench-0-level-\\d+\\)/Observations");
            assertThat(ids.add(packet.payload.path("parameters").path("id").asText()))
                    .isTrue();
            Instant time = Instant.parse(packet.payload.path("phenomenonTime").asText());
            Instant before = newest.put(packet.topic, time);
            assertThat(before == null || before.isBefore(time)).isTrue();
            assertThat(packet.length).isBetween(120, 280);
        }
        assertThat(newest).hasSize(250);
    }

    @Test
    void theBackgroundIsCalmAndBangsAreRareAndOverAKnownBackground() throws JsonProcessingException {
        Map<String, Integer> calm = new HashMap<>();
        int bangs = 0;
        for (Packet packet : packets(30, 500)) {
            double level_dB = packet.payload.path("result").asDouble();
            if (level_dB > 100) {
                bangs++;
                assertThat(level_dB).isEqualTo(110.0);
                assertThat(packet.payload.path("phenomenonTime").asText()).endsWith("000Z");
                assertThat(calm.remove(packet.topic)).isGreaterThanOrEqualTo(Workload.PRIMING_VISITS);
            } else {
                assertThat(level_dB).isBetween(48.0, 52.0);
                calm.merge(packet.topic, 1, Integer::sum);
            }
        }
        // 100 probe datastreams, one bang each in 20 visits, from the 11th visit on.
        assertThat(bangs).isBetween(90, 110);
        assertThat(probes.result().sent()).isEqualTo(bangs);
    }

    @Test
    void withoutProbesNothingBangs() throws JsonProcessingException {
        workload.begin(0, 0);
        for (int i = 0; i < 10_000; i++) {
            ByteBuf out = Unpooled.buffer();
            workload.write(out, 1, i * SECOND_NS / 100);
            assertThat(Packet.read(out).payload.path("result").asDouble()).isLessThan(60);
        }
    }

    private record Packet(int header, int length, String topic, int id, JsonNode payload) {
        static Packet read(ByteBuf in) throws JsonProcessingException {
            int length = in.readableBytes();
            int header = in.readUnsignedByte();
            int remaining = 0;
            int shift = 0;
            int octet;
            do {
                octet = in.readUnsignedByte();
                remaining |= (octet & 0x7F) << shift;
                shift += 7;
            } while (octet >= 0x80);
            assertThat(in.readableBytes()).isEqualTo(remaining);
            String topic = in.readCharSequence(in.readUnsignedShort(), StandardCharsets.UTF_8)
                    .toString();
            int id = in.readUnsignedShort();
            return new Packet(
                    header, length, topic, id, new ObjectMapper().readTree(in.toString(StandardCharsets.UTF_8)));
        }
    }
}
