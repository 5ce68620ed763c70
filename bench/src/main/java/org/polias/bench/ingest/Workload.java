// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What one device sends: sound levels of its site, as ready-made MQTT packets in which only the digits change. Most datastreams
 * just carry load. Some are probes: they are read once a second, calm, and bang now and then.
 */
final class Workload {

    /** Probe datastreams of one site, usually at most: at {@link #BANG_EVERY} visits, 5 bangs a second. */
    static final int USUAL_PROBE_STREAMS = 100;
    /** Visits from one bang of a probe datastream to the next. */
    static final int BANG_EVERY = 20;
    /** Calm visits before the first bang, from which a detector can know the background. */
    static final int PRIMING_VISITS = 10;

    private static final long SECOND_NS = 1_000_000_000L;
    private static final String TIME = "2000-01-01T00:00:00.000000Z";
    private static final String RESULT = " 50.0";
    private static final String ID = "b000000000000";

    private final String site;
    private final Probes probes;
    private final byte[][] packets;
    private final int[] visits;
    private final int packetId;
    private final int time;
    private final int result;
    private final int id;
    private final byte[] second = new byte[19];

    private long cachedSecond = Long.MIN_VALUE;
    private final long epoch_ns;
    private long sequence;
    private long loads;
    private long turn;
    private int probeStreams;
    private long nextProbe_ns;

    /** What one device of a site sends. */
    Workload(BenchCity city, int site, Probes probes) {
        this(city, site, probes, 0, 1);
    }

    /** What one of {@code parts} connections of a device sends: of some datastreams of its site all, so that their times rise. */
    Workload(BenchCity city, int site, Probes probes, int part, int parts) {
        this.site = city.site(site);
        this.probes = probes;
        int streams = city.datastreamsPerSite() / parts;
        packets = new byte[streams][];
        visits = new int[streams];
        String payload =
                "{\"phenomenonTime\":\"%s\",\"result\":%s,\"resultQuality\":\"good\",\"parameters\":{\"id\":\"%s\"}}"
                        .formatted(TIME, RESULT, ID);
        for (int d = 0; d < streams; d++) {
            // Fixed width, so that all templates have their digits at the same distance from their ends.
            packets[d] = packet(
                    "v1.1/Datastreams(%s)/Observations".formatted(city.datastream(site, part * streams + d)), payload);
        }
        int length = payload.length();
        time = length - payload.indexOf(TIME);
        result = length - payload.indexOf(RESULT);
        id = length - payload.indexOf(ID) - 1;
        packetId = length + 2;
        // Between the two clocks once and for all: phenomenon times must not jump when the wall clock is corrected.
        Instant now = Instant.now();
        epoch_ns = now.getEpochSecond() * SECOND_NS + now.getNano() - System.nanoTime();
    }

    /**
     * How many probe datastreams a device usually has that sends so many observations a second: each is sent once a second, and
     * half of what is sent carries load.
     */
    int usualProbeStreams(double rate_per_s) {
        return (int) Math.clamp(rate_per_s / 2, 1, Math.min(USUAL_PROBE_STREAMS, packets.length / 2));
    }

    /**
     * Begins a stretch of time.
     *
     * @param start_ns its start, of {@link System#nanoTime()}
     * @param ofProbes how many datastreams are probes; fewer than there are, and no more than are sent in a second
     */
    void begin(long start_ns, int ofProbes) {
        if (ofProbes >= packets.length) {
            throw new IllegalArgumentException(
                    "Of %d datastreams %d cannot be probes.".formatted(packets.length, ofProbes));
        }
        probeStreams = ofProbes;
        nextProbe_ns = start_ns;
    }

    /**
     * Writes the packet that is due at {@code due_ns}.
     *
     * @param packet the MQTT packet identifier
     */
    void write(ByteBuf out, int packet, long due_ns) {
        int stream;
        boolean bang = false;
        long time_us = (epoch_ns + due_ns) / 1_000;
        if (probeStreams > 0 && due_ns >= nextProbe_ns) {
            stream = (int) (turn % probeStreams);
            bang = (visits[stream] + stream) % BANG_EVERY == BANG_EVERY - 1
                    && visits[stream] >= PRIMING_VISITS
                    && probes.await(site, time_us / 1_000, due_ns);
            visits[stream]++;
            turn++;
            nextProbe_ns += SECOND_NS / probeStreams;
            if (bang) {
                time_us -= time_us % 1_000;
            }
        } else {
            stream = probeStreams + (int) (loads++ % (packets.length - probeStreams));
        }
        byte[] bytes = packets[stream];
        int end = bytes.length;
        bytes[end - packetId] = (byte) (packet >>> 8);
        bytes[end - packetId + 1] = (byte) packet;
        putTime(bytes, end - time, time_us);
        putLevel(bytes, end - result, bang ? 1_100 : 480 + (int) ((stream * 31L + sequence * 17) % 41));
        putDigits(bytes, end - id, 12, sequence++);
        out.writeBytes(bytes);
    }

    private void putTime(byte[] bytes, int at, long time_us) {
        long wholeSecond = time_us / 1_000_000;
        if (wholeSecond != cachedSecond) {
            cachedSecond = wholeSecond;
            byte[] text = Instant.ofEpochSecond(wholeSecond).toString().getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, second, 0, second.length);
        }
        System.arraycopy(second, 0, bytes, at, second.length);
        putDigits(bytes, at + second.length + 1, 6, time_us % 1_000_000);
    }

    /** A level in tenths of a decibel, five characters wide. */
    private static void putLevel(byte[] bytes, int at, int tenths) {
        int whole = tenths / 10;
        bytes[at] = (byte) (whole >= 100 ? '0' + whole / 100 : ' ');
        putDigits(bytes, at + 1, 2, whole % 100);
        bytes[at + 3] = '.';
        bytes[at + 4] = (byte) ('0' + tenths % 10);
    }

    private static void putDigits(byte[] bytes, int at, int count, long value) {
        long rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** A PUBLISH with quality of service 1 (MQTT 3.1.1, 3.3) and room for its packet identifier. */
    private static byte[] packet(String topic, String payload) {
        byte[] topicBytes = topic.getBytes(StandardCharsets.UTF_8);
        byte[] payloadBytes = payload.getBytes(StandardCharsets.US_ASCII);
        ByteBuf out = Unpooled.buffer();
        out.writeByte(0x32);
        MqttPublisher.writeLength(out, 2 + topicBytes.length + 2 + payloadBytes.length);
        out.writeShort(topicBytes.length).writeBytes(topicBytes);
        out.writeShort(0).writeBytes(payloadBytes);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }
}
