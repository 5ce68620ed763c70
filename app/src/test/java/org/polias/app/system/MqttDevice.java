// SPDX-License-Identifier: Apache-2.0
package org.polias.app.system;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A device that forgets nothing: it publishes with quality of service 1 (MQTT 3.1.1), keeps what is not acknowledged, and sends
 * it again in the same order after every loss of the connection, before anything new.
 *
 * <p>Written by hand, so that a test knows exactly which message was acknowledged and when it was sent again; a client library would
 * decide that for itself.
 */
final class MqttDevice implements AutoCloseable {

    private static final int CONNECT = 0x10;
    private static final int CONNACK = 0x20;
    private static final int PUBLISH_QOS_1 = 0x32;
    private static final int DUPLICATE = 0x08;
    private static final int PUBACK = 0x40;
    private static final int PACKET_IDS = 65_535;
    private static final int KEEP_ALIVE_S = 60;
    private static final int CONNECT_TIMEOUT_MS = 2_000;
    private static final long RECONNECT_PAUSE_MS = 50;
    /** A platform that acknowledges nothing for so long, although there is something, is taken for dead. */
    private static final int SILENCE_TIMEOUT_MS = 5_000;

    /** What is sent; equal to nothing but itself. */
    record Message(String topic, byte[] payload, Runnable acknowledged) {
        static Message of(String topic, String payload, Runnable acknowledged) {
            return new Message(topic, payload.getBytes(StandardCharsets.UTF_8), acknowledged);
        }
    }

    private final String name;
    private final String secret;
    private final Supplier<OptionalInt> port;
    private final int window;
    private final ReentrantLock guard = new ReentrantLock();
    private final Condition changed = guard.newCondition();
    private final Queue<Message> waiting = new ArrayDeque<>();
    private final Map<Integer, Message> inFlight = new LinkedHashMap<>();
    private final Thread sender;
    private int lastPacketId;
    private long acknowledged;
    private long sentAgain;
    private boolean closed;
    private boolean lost;
    private @Nullable Socket socket;
    private @Nullable String refusal;

    /**
     * A device that connects as soon as it can.
     *
     * @param port where the platform listens at the moment, if it does
     * @param window how many messages may be on their way without an acknowledgement
     */
    MqttDevice(String name, String secret, Supplier<OptionalInt> port, int window) {
        this.name = name;
        this.secret = secret;
        this.port = port;
        this.window = window;
        this.sender = Thread.ofPlatform().name("device-" + name).daemon().start(this::live);
    }

    /** Takes a message; waits while as many wait as may be in flight. */
    void send(Message message) throws InterruptedException {
        guard.lockInterruptibly();
        try {
            while (waiting.size() >= window) {
                requireWelcome();
                changed.await(1, TimeUnit.SECONDS);
            }
            waiting.add(message);
            changed.signalAll();
        } finally {
            guard.unlock();
        }
    }

    /** How many messages were acknowledged. */
    long acknowledged() {
        return locked(() -> acknowledged);
    }

    /** How many messages were sent more than once. */
    long sentAgain() {
        return locked(() -> sentAgain);
    }

    /** How many messages were taken and are not acknowledged. */
    int outstanding() {
        return locked(() -> waiting.size() + inFlight.size());
    }

    /** Waits until everything is acknowledged. */
    void awaitAcknowledged(Duration patience) {
        Await.until("all messages of device %s are acknowledged".formatted(name), patience, this::toString, () -> {
            requireWelcome();
            return outstanding() == 0;
        });
    }

    @Override
    public void close() throws InterruptedException {
        guard.lock();
        try {
            closed = true;
            drop();
            changed.signalAll();
        } finally {
            guard.unlock();
        }
        sender.join();
    }

    @Override
    public String toString() {
        return locked(() -> "Device %s: %d waiting, %d in flight, %d acknowledged, %d sent again"
                .formatted(name, waiting.size(), inFlight.size(), acknowledged, sentAgain));
    }

    private void live() {
        while (!locked(() -> closed || refusal != null)) {
            OptionalInt where = port.get();
            try {
                if (where.isPresent()) {
                    converse(where.getAsInt());
                }
                Thread.sleep(RECONNECT_PAUSE_MS);
            } catch (IOException e) {
                // The platform died, or is not there yet: what is not acknowledged is kept, and sent again.
                locked(() -> lost = true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void converse(int where) throws IOException, InterruptedException {
        try (Socket connection = new Socket()) {
            connection.setTcpNoDelay(true);
            connection.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), where), CONNECT_TIMEOUT_MS);
            DataInputStream in = new DataInputStream(connection.getInputStream());
            DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(connection.getOutputStream(), 1 << 16));
            connection.setSoTimeout(CONNECT_TIMEOUT_MS);
            introduce(in, out);
            connection.setSoTimeout(SILENCE_TIMEOUT_MS);
            guard.lock();
            try {
                socket = connection;
                lost = false;
            } finally {
                guard.unlock();
            }
            Thread listener = Thread.ofVirtual().name("acks-" + name).start(() -> listen(in));
            try {
                repeat(out);
                publish(out);
            } finally {
                connection.close();
                listener.join();
            }
        }
    }

    private void introduce(DataInputStream in, DataOutputStream out) throws IOException {
        byte[] client = bytes(name);
        byte[] password = bytes(secret);
        out.writeByte(CONNECT);
        writeLength(out, 10 + 2 + client.length + 2 + client.length + 2 + password.length);
        writeText(out, bytes("MQTT"));
        out.writeByte(4);
        out.writeByte(0b1100_0010); // user, password, clean session
        out.writeShort(KEEP_ALIVE_S);
        writeText(out, client);
        writeText(out, client);
        writeText(out, password);
        out.flush();
        int type = in.readUnsignedByte();
        in.readUnsignedByte();
        in.readUnsignedByte();
        int code = in.readUnsignedByte();
        if (type != CONNACK) {
            throw new IOException("Instead of CONNACK came packet type %d.".formatted(type));
        }
        if (code == 4 || code == 5) {
            locked(() -> refusal = "Device %s was refused with code %d.".formatted(name, code));
        }
        if (code != 0) {
            throw new IOException("CONNACK has code %d.".formatted(code));
        }
    }

    /** What the last connection left unacknowledged. */
    private void repeat(DataOutputStream out) throws IOException {
        List<Map.Entry<Integer, Message>> again = locked(() -> List.copyOf(inFlight.entrySet()));
        for (Map.Entry<Integer, Message> each : again) {
            write(out, each.getKey(), each.getValue(), DUPLICATE);
        }
        out.flush();
        locked(() -> sentAgain += again.size());
    }

    private void publish(DataOutputStream out) throws IOException, InterruptedException {
        List<Map.Entry<Integer, Message>> next = new ArrayList<>();
        while (true) {
            next.clear();
            guard.lockInterruptibly();
            try {
                while (!closed && !lost && (waiting.isEmpty() || inFlight.size() >= window)) {
                    changed.await();
                }
                if (closed || lost) {
                    return;
                }
                while (!waiting.isEmpty() && inFlight.size() < window) {
                    lastPacketId = lastPacketId % PACKET_IDS + 1;
                    Message message = waiting.remove();
                    inFlight.put(lastPacketId, message);
                    next.add(Map.entry(lastPacketId, message));
                }
                changed.signalAll();
            } finally {
                guard.unlock();
            }
            for (Map.Entry<Integer, Message> each : next) {
                write(out, each.getKey(), each.getValue(), 0);
            }
            out.flush();
        }
    }

    private void listen(DataInputStream in) {
        try {
            while (true) {
                int type = awaitPacket(in);
                int length = in.readUnsignedByte();
                if (type != PUBACK || length != 2) {
                    throw new IOException("Instead of PUBACK came packet type %d of %d bytes.".formatted(type, length));
                }
                int packetId = in.readUnsignedShort();
                Message message = locked(() -> {
                    Message known = inFlight.remove(packetId);
                    if (known != null) {
                        acknowledged++;
                        changed.signalAll();
                    }
                    return known;
                });
                if (message != null) {
                    message.acknowledged().run();
                }
            }
        } catch (EOFException e) {
            lose();
        } catch (IOException e) {
            lose();
        }
    }

    /** The next packet's first byte. */
    private int awaitPacket(DataInputStream in) throws IOException {
        while (true) {
            try {
                return in.readUnsignedByte();
            } catch (SocketTimeoutException e) {
                if (!locked(inFlight::isEmpty)) {
                    throw e;
                }
            }
        }
    }

    private void lose() {
        locked(() -> {
            lost = true;
            drop();
            changed.signalAll();
            return lost;
        });
    }

    private void drop() {
        Socket open = socket;
        socket = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is gone, which is what was wanted.
                assert open.isClosed();
            }
        }
    }

    private void requireWelcome() {
        String why = locked(() -> refusal);
        if (why != null) {
            throw new AssertionError(why);
        }
    }

    private static void write(DataOutputStream out, int packetId, Message message, int flags) throws IOException {
        byte[] topic = bytes(message.topic());
        out.writeByte(PUBLISH_QOS_1 | flags);
        writeLength(out, 2 + topic.length + 2 + message.payload().length);
        writeText(out, topic);
        out.writeShort(packetId);
        out.write(message.payload());
    }

    private static void writeText(DataOutputStream out, byte[] text) throws IOException {
        out.writeShort(text.length);
        out.write(text);
    }

    private static void writeLength(DataOutputStream out, int length) throws IOException {
        int rest = length;
        do {
            int digit = rest & 0x7f;
            rest >>>= 7;
            out.writeByte(rest > 0 ? digit | 0x80 : digit);
        } while (rest > 0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private <T> T locked(Supplier<T> work) {
        guard.lock();
        try {
            return work.get();
        } finally {
            guard.unlock();
        }
    }
}
