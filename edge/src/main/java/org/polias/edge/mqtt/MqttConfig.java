// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.mqtt;

import java.time.Duration;
import java.util.Optional;

import javax.net.ssl.SSLContext;

/**
 * How the MQTT server listens, and how much of one connection it holds at a time. The window is small on purpose: it bounds how
 * much of one connection lies in the log's buffer, so that what others send comes in between.
 *
 * @param port 0 for any free one
 * @param connections how many may be open; further ones are closed at once. One device may have a quarter of them
 * @param window_messages how many messages of one connection may wait for their receipts before no more is read
 * @param window_bytes the same in bytes of payload; one message always may
 * @param connectTimeout how long a connection may take until it has sent CONNECT
 * @param packetTimeout how long a packet may take from its first byte to its last
 * @param threads how many threads serve the connections
 * @param tls with what TLS is spoken; absent: it is not
 */
public record MqttConfig(
        String host,
        int port,
        int connections,
        int window_messages,
        int window_bytes,
        Duration connectTimeout,
        Duration packetTimeout,
        int threads,
        Optional<SSLContext> tls) {

    /** @throws IllegalArgumentException if a value cannot be */
    public MqttConfig {
        if (port < 0 || port > 65_535 || connections < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "The MQTT port %d, %d connections or %d threads cannot be.".formatted(port, connections, threads));
        }
        if (window_messages < 1 || window_messages > 65_535 || window_bytes < 1) {
            throw new IllegalArgumentException(
                    "The MQTT window of %d messages and %d bytes cannot be.".formatted(window_messages, window_bytes));
        }
    }

    /** 10,000 connections with windows of 512 messages or 256 KiB, served by two threads. */
    public static MqttConfig listeningOn(String host, int port) {
        return new MqttConfig(
                host,
                port,
                10_000,
                512,
                256 << 10,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                2,
                Optional.empty());
    }

    /** How many connections one device may have open. */
    int connectionsOfDevice() {
        return Math.max(1, connections / 4);
    }

    /** The same over TLS, 1.2 or newer. */
    public MqttConfig withTls(SSLContext context) {
        return new MqttConfig(
                host,
                port,
                connections,
                window_messages,
                window_bytes,
                connectTimeout,
                packetTimeout,
                threads,
                Optional.of(context));
    }

    /** The same with another window. */
    public MqttConfig withWindow(int messages, int bytes) {
        return new MqttConfig(host, port, connections, messages, bytes, connectTimeout, packetTimeout, threads, tls);
    }

    /** The same with another time to send CONNECT. */
    public MqttConfig withConnectTimeout(Duration timeout) {
        return new MqttConfig(
                host, port, connections, window_messages, window_bytes, timeout, packetTimeout, threads, tls);
    }

    /** The same with another time to send a packet. */
    public MqttConfig withPacketTimeout(Duration timeout) {
        return new MqttConfig(
                host, port, connections, window_messages, window_bytes, connectTimeout, timeout, threads, tls);
    }

    /** The same with another number of connections. */
    public MqttConfig withConnections(int most) {
        return new MqttConfig(
                host, port, most, window_messages, window_bytes, connectTimeout, packetTimeout, threads, tls);
    }
}
