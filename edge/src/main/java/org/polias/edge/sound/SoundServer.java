// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.sound;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.polias.edge.BindFailure;
import org.polias.edge.decode.Reading;
import org.polias.edge.intake.Intake;
import org.polias.edge.intake.PatientDelivery;
import org.polias.edge.intake.Target;
import org.polias.model.port.Registry.Device;
import org.polias.model.port.Registry.RegisteredDatastream;

/**
 * Takes sound over TCP: a line of JSON that says who sends what ({@link SoundHeader}), then samples until the connection ends. It answers
 * the line with {@code ok} or with what is wrong, and nothing more. Sound is read as fast as it is listened to; a sender that is faster
 * than that waits.
 */
public final class SoundServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(SoundServer.class.getName());

    private static final int MOST_CONNECTIONS = 1_000;
    private static final int LONGEST_HEADER_BYTES = 2_048;
    private static final Duration HEADER_PATIENCE = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final int BLOCKS_PER_S = 8;
    private static final long NANOS_PER_S = 1_000_000_000;

    private final Intake intake;
    private final Ears ears;
    private final InstantSource clock;
    private final ServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Starts to listen for connections.
     *
     * @param port 0 for any
     * @throws BindFailure if it cannot
     */
    public static SoundServer start(Intake intake, Ears ears, InstantSource clock, String host, int port) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            try {
                server.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            } catch (IOException e) {
                server.close();
                throw e;
            }
            SoundServer started = new SoundServer(intake, ears, clock, server);
            Thread.ofVirtual().name("sound " + server.getLocalPort()).start(started::accept);
            return started;
        } catch (IOException e) {
            throw new BindFailure("sound", host, port, "--sound-port", e);
        }
    }

    private SoundServer(Intake intake, Ears ears, InstantSource clock, ServerSocket server) {
        this.intake = intake;
        this.ears = ears;
        this.clock = clock;
        this.server = server;
    }

    /** The port on which it listens. */
    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = server.accept();
                if (connections.size() >= MOST_CONNECTIONS) {
                    answer(socket, "There are %d connections already.".formatted(MOST_CONNECTIONS));
                    socket.close();
                    continue;
                }
                connections.add(socket);
                Thread.ofVirtual()
                        .name("sound from " + socket.getRemoteSocketAddress())
                        .start(() -> serve(socket));
            } catch (IOException e) {
                if (!closed) {
                    LOG.log(Level.WARNING, "A connection that brings sound could not be taken: {0}", e.getMessage());
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout((int) HEADER_PATIENCE.toMillis());
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            switch (SoundHeader.parse(line(in))) {
                case SoundHeader.Parsed.Unreadable unreadable -> answer(socket, unreadable.why());
                case SoundHeader.Parsed.Header header -> {
                    Optional<String> refusal = serve(socket, in, header.header());
                    if (refusal.isPresent()) {
                        answer(socket, refusal.get());
                    }
                }
            }
        } catch (SocketTimeoutException e) {
            LOG.log(Level.DEBUG, "Nothing came from {0} for too long.", socket.getRemoteSocketAddress());
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The connection of {0} ended: {1}", socket.getRemoteSocketAddress(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(socket);
        }
    }

    /** Serves one stream to its end; says why, if it does not. */
    private Optional<String> serve(Socket socket, InputStream in, SoundHeader header)
            throws IOException, InterruptedException {
        Optional<Device> device = intake.registry().authenticate(header.device(), header.secret());
        if (device.isEmpty()) {
            intake.counters().unauthenticated();
            return Optional.of("The device is not known, its secret is wrong, or it is revoked.");
        }
        Optional<RegisteredDatastream> registered =
                intake.registry().findDatastream(device.get().tenant(), header.datastream());
        if (registered.isEmpty()) {
            return Optional.of("There is no datastream '%s'.".formatted(header.datastream()));
        }
        if (device.get()
                .site()
                .filter(site -> !site.equals(registered.get().site()))
                .isPresent()) {
            return Optional.of(
                    "The device '%s' may not write to '%s'.".formatted(header.device(), header.datastream()));
        }
        Optional<String> fault = ears.findFault(registered.get());
        if (fault.isPresent()) {
            return fault;
        }
        socket.setSoTimeout((int) SILENCE.toMillis());
        socket.getOutputStream().write("ok\n".getBytes(StandardCharsets.US_ASCII));
        listen(in, header, device.get(), registered.get(), String.valueOf(socket.getRemoteSocketAddress()));
        return Optional.empty();
    }

    private void listen(InputStream in, SoundHeader header, Device device, RegisteredDatastream registered, String from)
            throws IOException, InterruptedException {
        Pcm.Format format = header.format();
        Ear ear = ears.ear(registered);
        Target target = Target.ofSound("tcp:" + from, header.datastream());
        PatientDelivery delivery = new PatientDelivery(intake, "what was heard from " + from, _ -> {});
        int frames = format.rate_Hz() / BLOCKS_PER_S;
        byte[] bytes = new byte[frames * format.frameBytes()];
        long taken = 0;
        Optional<Instant> start = header.start();
        ArrivalClock arrivals = new ArrivalClock(format.rate_Hz());
        try {
            while (true) {
                int length = in.readNBytes(bytes, 0, bytes.length);
                int whole = length / format.frameBytes();
                if (whole == 0) {
                    break;
                }
                ByteBuffer buffer =
                        ByteBuffer.wrap(bytes, 0, whole * format.frameBytes()).order(ByteOrder.LITTLE_ENDIAN);
                float[] samples = format.mono(buffer, whole);
                Instant first = start.isPresent()
                        ? start.get().plusNanos(Math.round(taken * (double) NANOS_PER_S / format.rate_Hz()))
                        : arrivals.firstOf(whole, clock.instant());
                taken += whole;
                deliver(
                        ear.hear(new Pcm(format.rate_Hz(), first, samples), start.isPresent()),
                        device,
                        target,
                        delivery);
                if (length < bytes.length) {
                    break;
                }
            }
        } finally {
            deliver(ear.end(), device, target, delivery);
        }
    }

    private void deliver(List<Reading> heard, Device device, Target target, PatientDelivery delivery)
            throws InterruptedException {
        if (!heard.isEmpty()) {
            delivery.deliver(listener -> intake.receiveHeard(device, target, heard, listener));
        }
    }

    private static String line(InputStream in) throws IOException {
        byte[] bytes = new byte[LONGEST_HEADER_BYTES];
        int length = 0;
        while (length < bytes.length) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("no header");
            }
            if (next == '\n') {
                break;
            }
            bytes[length++] = (byte) next;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static void answer(Socket socket, String problem) throws IOException {
        socket.getOutputStream().write((problem.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        closed = true;
        try {
            server.close();
            for (Socket socket : connections) {
                socket.close();
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A connection did not close cleanly.", e);
        }
    }
}
