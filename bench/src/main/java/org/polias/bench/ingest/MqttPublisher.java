// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.ingest;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * One device's MQTT 3.1.1 connection that does nothing but publish with quality of service 1, with next to no cost of its own: it
 * shares the machine with what it measures. It sends what is due by the schedule, also what it could not send in time, and waits
 * for an acknowledgement only where as many are outstanding as are allowed. Everything runs on the connection's event loop.
 */
final class MqttPublisher extends ChannelInboundHandlerAdapter {

    /** Fewer than there are packet identifiers, so that one can always be found. */
    static final int MAX_IN_FLIGHT = 60_000;

    private static final int PACKET_IDS = 65_536;
    private static final int BATCH_BYTES = 32 * 1_024;
    /** A pause shorter than this is not worth waking up for. */
    private static final long SHORTEST_PAUSE_NS = 200_000;
    /** As fast as it goes, acknowledgements set the pace; this is only to see the end of the time. */
    private static final long UNBOUNDED_PAUSE_NS = 5_000_000;

    private static final long MICROSECOND_NS = 1_000;
    private static final long HIGHEST_US = 600_000_000L;

    private static final int CONNACK = 0x20;
    private static final int PUBACK = 0x40;

    private final String device;
    private final String client;
    private final String secret;
    private final int window;
    private final Workload workload;
    private final CompletableFuture<MqttPublisher> connected = new CompletableFuture<>();
    private final long[] due_ns = new long[PACKET_IDS];
    private int lastId;
    private int inFlight;
    private @Nullable Channel channel;
    private @Nullable Run run;
    private boolean isTicking;

    // What has been read of the packet that is being read.
    private int read;
    private int type;
    private int remaining;
    private int value;

    private MqttPublisher(String device, String client, String secret, int window, Workload workload) {
        this.device = device;
        this.client = client;
        this.secret = secret;
        this.window = window;
        this.workload = workload;
    }

    /** Threads for publishers: one, which does for several cores' worth of platform. */
    static EventLoopGroup newGroup() {
        return new NioEventLoopGroup(1);
    }

    static CompletableFuture<MqttPublisher> connect(
            EventLoopGroup group,
            InetSocketAddress address,
            String device,
            String client,
            String secret,
            int window,
            Workload workload) {
        MqttPublisher publisher = new MqttPublisher(device, client, secret, window, workload);
        new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 10_000)
                .handler(publisher)
                .connect(address)
                .addListener(attempt -> {
                    if (!attempt.isSuccess()) {
                        publisher.connected.completeExceptionally(attempt.cause());
                    }
                });
        return publisher.connected;
    }

    /**
     * Publishes for a time.
     *
     * @param what how much of what
     * @return done when all that was sent is acknowledged; fails if the connection does
     */
    CompletableFuture<Sent> publish(long start_ns, long end_ns, Stream what) {
        Channel open = channel();
        Run next = new Run(start_ns, end_ns, what);
        open.eventLoop().execute(() -> {
            if (!open.isActive()) {
                next.fail(lost());
                return;
            }
            workload.begin(start_ns, what.probeStreams());
            run = next;
            tick();
        });
        return next.sent;
    }

    /** How many datastreams are usually probes at this rate. */
    int usualProbeStreams(double rate_per_s) {
        return workload.usualProbeStreams(rate_per_s);
    }

    void close() {
        channel().close();
    }

    /**
     * What is published.
     *
     * @param rate_per_s infinite for as fast as it goes
     * @param probeStreams how many datastreams are probes
     * @param catchesUp whether what could not be sent in time is sent after the end
     */
    record Stream(double rate_per_s, int probeStreams, boolean catchesUp) {}

    private Channel channel() {
        if (channel == null) {
            throw new IllegalStateException("The device %s is not connected.".formatted(device));
        }
        return channel;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        byte[] id = client.getBytes(StandardCharsets.UTF_8);
        byte[] name = device.getBytes(StandardCharsets.UTF_8);
        byte[] password = secret.getBytes(StandardCharsets.UTF_8);
        ByteBuf out = context.alloc().buffer();
        out.writeByte(0x10);
        writeLength(out, 10 + 3 * 2 + id.length + name.length + password.length);
        out.writeShort(4).writeBytes("MQTT".getBytes(StandardCharsets.US_ASCII));
        // Protocol level 4; user name, password, clean session; no keep-alive.
        out.writeByte(4).writeByte(0xC2).writeShort(0);
        out.writeShort(id.length).writeBytes(id);
        out.writeShort(name.length).writeBytes(name);
        out.writeShort(password.length).writeBytes(password);
        context.writeAndFlush(out);
    }

    static void writeLength(ByteBuf out, int length) {
        int rest = length;
        while (rest >= 0x80) {
            out.writeByte(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            long now_ns = System.nanoTime();
            while (in.isReadable()) {
                int octet = in.readUnsignedByte();
                if (read == 0) {
                    type = octet & 0xF0;
                    read = 1;
                } else if (read == 1) {
                    // Whatever a server sends to a client that only publishes is shorter than 128 bytes.
                    remaining = octet;
                    value = 0;
                    read = 2;
                } else {
                    value = value << 8 | octet;
                    remaining--;
                }
                if (read == 2 && remaining == 0) {
                    read = 0;
                    received(now_ns);
                }
            }
        } finally {
            in.release();
        }
    }

    private void received(long now_ns) {
        if (type == PUBACK) {
            int id = value & 0xFFFF;
            if (due_ns[id] != 0 && run != null) {
                run.acknowledged(now_ns, due_ns[id]);
                due_ns[id] = 0;
                inFlight--;
            }
        } else if (type == CONNACK) {
            int code = value & 0xFF;
            if (code == 0) {
                connected.complete(this);
            } else {
                connected.completeExceptionally(new IllegalStateException(
                        "The platform refused the MQTT connection of %s with code %d.".formatted(device, code)));
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        pump();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        pump();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        failed(lost());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
        failed(fault);
        context.close();
    }

    private IllegalStateException lost() {
        return new IllegalStateException("The platform closed the MQTT connection of %s.".formatted(device));
    }

    private void failed(Throwable fault) {
        connected.completeExceptionally(fault);
        if (run != null) {
            run.fail(fault);
            run = null;
        }
    }

    private void tick() {
        isTicking = false;
        pump();
        if (run != null && !isTicking) {
            long pause_ns = run.isUnbounded()
                    ? UNBOUNDED_PAUSE_NS
                    : Math.max(SHORTEST_PAUSE_NS, run.nextDue_ns() - System.nanoTime());
            isTicking = true;
            channel().eventLoop().schedule(this::tick, pause_ns, TimeUnit.NANOSECONDS);
        }
    }

    private void pump() {
        Run current = run;
        if (current == null) {
            return;
        }
        Channel open = channel();
        while (inFlight < window && open.isWritable() && current.isDue(System.nanoTime())) {
            ByteBuf batch = open.alloc().directBuffer(BATCH_BYTES + 1_024);
            long now_ns = System.nanoTime();
            while (inFlight < window && batch.readableBytes() < BATCH_BYTES && current.isDue(now_ns)) {
                long due = current.take(now_ns);
                int id = nextId();
                due_ns[id] = due;
                inFlight++;
                workload.write(batch, id, due);
            }
            open.writeAndFlush(batch, open.voidPromise());
        }
        if (inFlight == 0 && current.isOver(System.nanoTime())) {
            run = null;
            current.finish();
        }
    }

    private int nextId() {
        do {
            lastId = lastId == PACKET_IDS - 1 ? 1 : lastId + 1;
        } while (due_ns[lastId] != 0);
        return lastId;
    }

    /**
     * What a stretch of publishing came to.
     *
     * @param lastAck_ns when the last acknowledgement came, of {@link System#nanoTime()}
     * @param ack_us from when an observation was due to its acknowledgement
     */
    record Sent(long sent, long acked, long lastAck_ns, Histogram ack_us) {}

    /** One stretch of publishing; lives on the event loop. */
    private static final class Run {
        private final long start_ns;
        private final long end_ns;
        private final double interval_ns;
        private final boolean catchesUp;
        private final CompletableFuture<Sent> sent = new CompletableFuture<>();
        private final Histogram ack_us = new Histogram(HIGHEST_US, 3);
        private long count;
        private long lastDue_ns;
        private long acked;
        private long lastAck_ns;

        Run(long start_ns, long end_ns, Stream what) {
            this.start_ns = start_ns;
            this.end_ns = end_ns;
            interval_ns = 1e9 / what.rate_per_s();
            catchesUp = what.catchesUp();
            lastAck_ns = start_ns;
            lastDue_ns = start_ns;
        }

        /** Without an interval, the start: it is always due. */
        long nextDue_ns() {
            return start_ns + (long) (count * interval_ns);
        }

        boolean isUnbounded() {
            return interval_ns == 0;
        }

        boolean isDue(long now_ns) {
            if (isUnbounded()) {
                return now_ns >= start_ns && now_ns < end_ns;
            }
            // What was due before the end is sent even if it is late, but not for ever.
            return nextDue_ns() <= now_ns
                    && nextDue_ns() < end_ns
                    && now_ns < (catchesUp ? 2 * end_ns - start_ns : end_ns);
        }

        boolean isOver(long now_ns) {
            return now_ns >= end_ns && !isDue(now_ns);
        }

        long take(long now_ns) {
            // No two at one microsecond: phenomenon times of a datastream rise, as a sensor's do.
            lastDue_ns = isUnbounded() ? Math.max(now_ns, lastDue_ns + MICROSECOND_NS) : nextDue_ns();
            count++;
            return lastDue_ns;
        }

        void acknowledged(long now_ns, long due) {
            acked++;
            lastAck_ns = now_ns;
            ack_us.recordValue(Math.clamp((now_ns - due) / 1_000, 0, HIGHEST_US));
        }

        void finish() {
            sent.complete(new Sent(count, acked, lastAck_ns, ack_us));
        }

        void fail(Throwable fault) {
            sent.completeExceptionally(fault);
        }
    }
}
