// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.sound;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A camera's sound over RTSP (RFC 2326), as much of it as one client needs: 16-bit PCM (RFC 3551, L16) at 16 kHz, interleaved on the
 * connection, in packets of 20 ms that leave in real time. After the sound it ends the connection, or says no more.
 */
final class RtspCamera implements AutoCloseable {

    private static final int PACKET_SAMPLES = 320;
    private static final String CREDENTIALS =
            "Basic " + Base64.getEncoder().encodeToString("viewer:let me in".getBytes(StandardCharsets.UTF_8));

    private final ServerSocket server;
    private final float[] sound;
    private final boolean stalls;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger plays = new AtomicInteger();

    RtspCamera(float[] sound, boolean stalls) throws IOException {
        this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        this.sound = sound;
        this.stalls = stalls;
        Thread.ofVirtual().name("camera").start(this::accept);
    }

    String address(String userInfo) {
        return "rtsp://%s127.0.0.1:%d/live?token=t0ken".formatted(userInfo, server.getLocalPort());
    }

    /** How often it was asked to play. */
    int plays() {
        return plays.get();
    }

    /** How many connections are open. */
    int connections() {
        return connections.size();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.add(socket);
                Thread.ofVirtual().name("camera connection").start(() -> {
                    try (socket) {
                        serve(socket);
                    } catch (IOException | InterruptedException e) {
                        // The client went away, which it may at any time.
                        assert true;
                    } finally {
                        connections.remove(socket);
                    }
                });
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) throws IOException, InterruptedException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        while (true) {
            String request = head(in);
            if (request.isEmpty()) {
                return;
            }
            String sequence = header(request, "CSeq");
            String method = request.substring(0, request.indexOf(' '));
            if (!method.equals("OPTIONS") && !header(request, "Authorization").equals(CREDENTIALS)) {
                answer(out, "401 Unauthorized", sequence, "WWW-Authenticate: Basic realm=\"camera\"\r\n", "");
                continue;
            }
            switch (method) {
                case "OPTIONS" -> answer(out, "200 OK", sequence, "Public: DESCRIBE, SETUP, PLAY, TEARDOWN\r\n", "");
                case "DESCRIBE" -> answer(out, "200 OK", sequence, "Content-Type: application/sdp\r\n", """
                            v=0\r
                            o=- 1 1 IN IP4 127.0.0.1\r
                            s=camera\r
                            c=IN IP4 0.0.0.0\r
                            t=0 0\r
                            m=audio 0 RTP/AVP 97\r
                            a=rtpmap:97 L16/16000/1\r
                            a=control:track1\r
                            """);
                case "SETUP" ->
                    answer(
                            out,
                            "200 OK",
                            sequence,
                            "Session: 12345678\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n",
                            "");
                case "PLAY" -> {
                    plays.incrementAndGet();
                    answer(out, "200 OK", sequence, "Session: 12345678\r\n", "");
                    play(out);
                    if (stalls) {
                        Thread.sleep(60_000);
                    }
                    return;
                }
                default -> answer(out, "200 OK", sequence, "Session: 12345678\r\n", "");
            }
        }
    }

    private void play(OutputStream out) throws IOException, InterruptedException {
        long began_ns = System.nanoTime();
        int number = 0;
        for (int at = 0; at + PACKET_SAMPLES <= sound.length; at += PACKET_SAMPLES) {
            int bytes = 12 + 2 * PACKET_SAMPLES;
            ByteBuffer packet = ByteBuffer.allocate(4 + bytes);
            packet.put((byte) '$').put((byte) 0).putShort((short) bytes);
            packet.put((byte) 0x80)
                    .put((byte) 97)
                    .putShort((short) number++)
                    .putInt(at)
                    .putInt(0x1234);
            for (int i = at; i < at + PACKET_SAMPLES; i++) {
                packet.putShort((short) Math.clamp(Math.round(sound[i] * 32_767), -32_768, 32_767));
            }
            out.write(packet.array());
            out.flush();
            long ahead_ns = began_ns + (at + PACKET_SAMPLES) * 62_500L - System.nanoTime();
            if (ahead_ns > 0) {
                Thread.sleep(ahead_ns / 1_000_000);
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            text.append((char) next);
        }
        return text.toString();
    }

    private static String header(String request, String name) {
        return request.lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2).strip())
                .findFirst()
                .orElse("");
    }

    private static void answer(OutputStream out, String status, String sequence, String headers, String body)
            throws IOException {
        out.write("RTSP/1.0 %s\r\nCSeq: %s\r\n%sContent-Length: %d\r\n\r\n%s"
                .formatted(status, sequence, headers, body.length(), body)
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : connections) {
            socket.close();
        }
    }
}
