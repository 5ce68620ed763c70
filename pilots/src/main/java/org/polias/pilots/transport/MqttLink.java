// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.transport;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;
import org.polias.pilots.Emission;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;

/**
 * A gateway that speaks MQTT 3.1.1 with QoS 1. What has no PUBACK when the connection goes is sent again, in order, on the next
 * connection.
 */
final class MqttLink implements Link {

    private static final int CAPACITY = 20_000;
    private static final int MAX_IN_FLIGHT = 64;
    private static final int MOST_BEFORE_SOUND = 200;
    private static final int KEEP_ALIVE_S = 20;
    private static final Duration CLOSING = Duration.ofMillis(300);

    private final Mqtt3AsyncClient client;
    private final String device;
    private final String secret;
    private final LinkLog log;
    private final Backoff backoff = new Backoff();
    private final Outbox<Message> outbox = new Outbox<>(CAPACITY);
    private final SortedMap<Long, Message> inFlight = new TreeMap<>();
    private long sent;
    /** The connection that is being used; answers that belong to an earlier one come too late to mean anything. */
    private long connection;

    private boolean online;
    private boolean connecting;

    MqttLink(String device, String secret, String host, int port, Optional<X509ExtendedTrustManager> trust) {
        this.device = device;
        this.secret = secret;
        this.log = new LinkLog(device);
        Mqtt3ClientBuilder builder = MqttClient.builder()
                .useMqttVersion3()
                .identifier(device)
                .serverHost(host)
                .serverPort(port)
                .executorConfig(
                        MqttClientExecutorConfig.builder().nettyThreads(1).build())
                .addDisconnectedListener(context -> disconnected(context.getCause()));
        this.client = trust.map(manager -> builder.sslConfig(Trust.mqtt(manager)))
                .orElse(builder)
                .buildAsync();
    }

    @Override
    public void offer(Emission emission) {
        String id = emission.datastream().value();
        if (emission instanceof Emission.Sound && outbox.size() > MOST_BEFORE_SOUND) {
            // A gateway that is cut off remembers what it measured, not what was to be heard.
            return;
        }
        outbox.add(
                switch (emission) {
                    case Emission.Measured measured ->
                        new Message(
                                "v1.1/Datastreams(%s)/Observations".formatted(id),
                                utf8(Payloads.observation(measured, false)));
                    case Emission.Happened happened -> new Message("v1/events/" + id, utf8(Payloads.event(happened)));
                    case Emission.NetworkLine line -> new Message("v1/eve/" + id, utf8(line.line()));
                    case Emission.Sound sound ->
                        new Message("v1.1/Datastreams(%s)/Audio".formatted(id), Payloads.sound(sound));
                });
    }

    @Override
    public void pump(Instant now) {
        if (connect(now)) {
            send();
        }
    }

    @Override
    public synchronized int backlog() {
        return outbox.size() + inFlight.size();
    }

    @Override
    public void close() {
        if (client.getState() != MqttClientState.DISCONNECTED) {
            try {
                client.disconnect().get(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                // The platform went first, or takes its time to hang up; the leave has been taken all the same.
            }
        }
    }

    /** Whether there is a connection; begins to make one if there is none and it is time to. */
    private boolean connect(Instant now) {
        synchronized (this) {
            if (online) {
                return true;
            }
            if (connecting || client.getState() != MqttClientState.DISCONNECTED || !backoff.allows(now)) {
                return false;
            }
            connecting = true;
        }
        client.connectWith()
                .cleanSession(true)
                .keepAlive(KEEP_ALIVE_S)
                .simpleAuth()
                .username(device)
                .password(secret.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send()
                .whenComplete((acknowledged, failure) -> connected(now, failure));
        return false;
    }

    private synchronized void connected(Instant now, @Nullable Throwable failure) {
        connecting = false;
        if (failure == null) {
            connection++;
            online = true;
            backoff.succeeded();
            log.back();
        } else {
            backoff.failed(now);
            log.lost(String.valueOf(failure.getMessage()));
        }
    }

    private synchronized void disconnected(Throwable cause) {
        if (online) {
            online = false;
            log.lost(String.valueOf(cause.getMessage()));
        }
        outbox.putBack(new ArrayList<>(inFlight.values()));
        inFlight.clear();
    }

    private synchronized void send() {
        List<Message> batch = outbox.take(MAX_IN_FLIGHT - inFlight.size());
        for (Message message : batch) {
            long number = sent++;
            long current = connection;
            inFlight.put(number, message);
            CompletableFuture<?> receipt = client.publishWith()
                    .topic(message.topic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(message.payload)
                    .send();
            receipt.whenComplete((published, failure) -> settled(current, number, failure));
        }
    }

    private synchronized void settled(long ofConnection, long number, @Nullable Throwable failure) {
        if (ofConnection == connection) {
            Message message = inFlight.remove(number);
            if (failure != null && message != null) {
                outbox.putBack(List.of(message));
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final class Message {
        final String topic;
        final byte[] payload;

        Message(String topic, byte[] payload) {
            this.topic = topic;
            this.payload = payload;
        }
    }
}
