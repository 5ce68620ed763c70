// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** An MQTT client that can misbehave: packets are written byte by byte. */
final class RawClient implements AutoCloseable {

    /** A packet from the server. */
    record Packet(int type, int flags, byte[] body) {
        int id() {
            return (body[0] & 0xff) << 8 | body[1] & 0xff;
        }
    }

    static final int CONNACK = 2;
    static final int PUBACK = 4;
    static final int PUBREC = 5;
    static final int PUBCOMP = 7;
    static final int SUBACK = 9;
    static final int UNSUBACK = 11;
    static final int PINGRESP = 13;
    static final int DISCONNECT = 14;
    /** The server closed the connection. */
    static final int CLOSED = -1;

    private final Socket socket;
    private final DataInputStream in;

    RawClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    static RawClient connected(int port, String device) throws IOException {
        RawClient client = new RawClient(port);
        client.send(connect(4, device + "-client", true, 0, device, "secret", new byte[0]));
        Packet reply = client.read();
        if (reply.type() != CONNACK || reply.body()[1] != 0) {
            throw new AssertionError("not let in: " + reply.body()[1]);
        }
        return client;
    }

    /** @param will flags and will fields: empty, or made by {@link #will} */
    static byte[] connect(
            int version, String clientId, boolean clean, int keepAlive_s, String user, String password, byte[] will) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, "MQTT");
        body.write(version);
        body.write(0xC0 | (clean ? 2 : 0) | (will.length > 0 ? 4 : 0));
        body.write(keepAlive_s >> 8);
        body.write(keepAlive_s);
        if (version == 5) {
            if (clean) {
                body.write(0);
            } else {
                body.writeBytes(new byte[] {5, 0x11, 0, 0, 1, 0});
            }
        }
        text(body, clientId);
        body.writeBytes(will);
        text(body, user);
        text(body, password);
        return packet(0x10, body.toByteArray());
    }

    static byte[] will(String topic, String payload) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, topic);
        text(body, payload);
        return body.toByteArray();
    }

    static byte[] publish(String topic, String payload, int qos, int id, boolean duplicate) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, topic);
        if (qos > 0) {
            body.write(id >> 8);
            body.write(id);
        }
        body.writeBytes(payload.getBytes(StandardCharsets.UTF_8));
        return packet(0x30 | qos << 1 | (duplicate ? 8 : 0), body.toByteArray());
    }

    static byte[] packet(int first, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        int rest = body.length;
        do {
            out.write(rest >= 128 ? rest & 127 | 128 : rest);
            rest >>>= 7;
        } while (rest > 0);
        out.writeBytes(body);
        return out.toByteArray();
    }

    static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes.length >> 8);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    Packet read() throws IOException {
        try {
            int first = in.readUnsignedByte();
            int length = 0;
            int shift = 0;
            int octet;
            do {
                octet = in.readUnsignedByte();
                length |= (octet & 127) << shift;
                shift += 7;
            } while (octet >= 128);
            byte[] body = new byte[length];
            in.readFully(body);
            return new Packet(first >> 4, first & 15, body);
        } catch (EOFException | SocketException e) {
            return new Packet(CLOSED, 0, new byte[0]);
        }
    }

    /** Says that nothing more will come. */
    void socketEnd() throws IOException {
        socket.shutdownOutput();
    }

    /** Goes away without a word. */
    void vanish() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
