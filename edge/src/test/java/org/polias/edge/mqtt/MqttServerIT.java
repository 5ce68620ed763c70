// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polias.edge.BindFailure;
import org.polias.edge.Edge;
import org.polias.edge.MemoryLog;
import org.polias.edge.TestCity;
import org.polias.edge.intake.IntakeLimits;
import org.polias.edge.mqtt.RawClient.Packet;
import org.polias.model.admission.Reason;
import org.polias.model.observation.Result;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.polias.edge.Eventually.eventually;

/** Real sockets, against a log in memory that can be slow, full, and failing. */
@Timeout(60)
class MqttServerIT {

    private static final String LEVEL = "v1.1/Datastreams(quantity)/Observations";
    private static final MqttConfig ANY_PORT = MqttConfig.listeningOn("127.0.0.1", 0);

    /** Held, so that its level stays: many tests send what is worth a line in the log. */
    private static final Logger QUIET = Logger.getLogger(MqttConnection.class.getName());

    static {
        QUIET.setLevel(Level.SEVERE);
    }

    private final TestCity city = new TestCity();
    private MemoryLog log = new MemoryLog();
    private Edge edge = newEdge(0);
    private MqttServer server = edge.listen(ANY_PORT);

    private Edge newEdge(int share_per_s) {
        return new Edge(city, log, InstantSource.system(), IntakeLimits.DEFAULT.withShare_per_s(share_per_s));
    }

    @BeforeEach
    void nothingYet() {
        assertThat(log.events()).isEmpty();
    }

    @AfterEach
    void stop() {
        edge.close();
        log.close();
    }

    private void restart(MemoryLog otherLog, int share_per_s, MqttConfig config) {
        stop();
        log = otherLog;
        edge = newEdge(share_per_s);
        server = edge.listen(config);
    }

    @Test
    void aPubackComesOnlyWhenTheLogHasTheRecord() throws Exception {
        log.halt();
        Mqtt3AsyncClient client = mqtt3("gateway");
        CompletableFuture<?> published = client.publishWith()
                .topic(LEVEL)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(bytes("{\"result\":61.5}"))
                .send();
        eventually("the log is offered the record", () -> log.waitingRecords() == 1);
        assertThat(published).isNotDone();
        log.resume();
        published.join();
        assertThat(log.events()).hasSize(1);
        client.disconnect().join();
        eventually("the connection is gone", () -> server.connectionCount() == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void everyQualityOfServiceOfMqtt5IsTakenInOrder(int qos) {
        Mqtt5AsyncClient client = mqtt5("gateway");
        List<CompletableFuture<Mqtt5PublishResult>> results = IntStream.range(0, 500)
                .mapToObj(i -> client.publishWith()
                        .topic(LEVEL)
                        .qos(MqttQos.fromCode(qos))
                        .retain(true)
                        .payload(bytes("{\"result\":%d}".formatted(i)))
                        .send())
                .toList();
        results.forEach(CompletableFuture::join);
        eventually("all are in the log", () -> log.events().size() == 500);
        assertThat(log.events().stream()
                        .map(e -> ((Result.Quantity) e.observation().result()).value())
                        .toList())
                .isSorted();
        client.disconnect().join();
    }

    @Test
    void aRefusedPayloadIsAcknowledgedWhenItIsInQuarantineAndMqtt5IsToldWhy() throws Exception {
        Mqtt5AsyncClient five = mqtt5("gateway");
        assertThatThrownBy(() -> five.publishWith()
                        .topic(LEVEL)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(bytes("{\"result\":\"loud\"}"))
                        .send()
                        .join())
                .cause()
                .isInstanceOfSatisfying(Mqtt5PubAckException.class, e -> {
                    assertThat(e.getMqttMessage().getReasonCode())
                            .isEqualTo(Mqtt5PubAckReasonCode.PAYLOAD_FORMAT_INVALID);
                    assertThat(e.getMqttMessage()
                                    .getReasonString()
                                    .orElseThrow()
                                    .toString())
                            .startsWith("wrong-result: The datastream 'quantity' takes a number");
                });
        assertThat(log.quarantine()).hasSize(1);
        Mqtt3AsyncClient three = mqtt3("gateway");
        three.publishWith()
                .topic("some/topic")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(bytes("x"))
                .send()
                .join();
        three.publishWith()
                .topic("some/topic")
                .qos(MqttQos.EXACTLY_ONCE)
                .payload(bytes("x"))
                .send()
                .join();
        assertThat(log.quarantine()).hasSize(3);
        assertThat(log.quarantine().getLast().reason()).isEqualTo(Reason.UNKNOWN_TOPIC);
        assertThat(log.quarantine().getLast().way()).isEqualTo("mqtt");
        five.disconnect().join();
        three.disconnect().join();
    }

    @Test
    void whoHasNoValidCredentialsIsRefusedAndCounted() throws Exception {
        assertThatThrownBy(() -> mqtt3("gateway", "wrong")).cause().isInstanceOf(Mqtt3ConnAckException.class);
        assertThatThrownBy(() -> mqtt5("nobody"))
                .cause()
                .isInstanceOfSatisfying(Mqtt5ConnAckException.class, e -> assertThat(
                                e.getMqttMessage().getReasonCode())
                        .isEqualTo(Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD));
        assertThatThrownBy(() -> MqttClient.builder()
                        .useMqttVersion3()
                        .serverHost("127.0.0.1")
                        .serverPort(server.port())
                        .buildAsync()
                        .connect()
                        .join())
                .cause()
                .isInstanceOf(Mqtt3ConnAckException.class);
        assertThat(edge.counters().snapshot().unauthenticated()).isEqualTo(3);
    }

    @Test
    void aRevokedDeviceIsCutOffAtOnceAndItsWillIsNotHeard() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(
                    RawClient.connect(4, "c", true, 0, "device-1", "secret", RawClient.will(LEVEL, "{\"result\":0}")));
            assertThat(client.read().type()).isEqualTo(RawClient.CONNACK);
            city.revoke("device-1");
            assertThat(client.read().type()).isEqualTo(RawClient.CLOSED);
        }
        eventually("the connection is gone", () -> server.connectionCount() == 0);
        assertThat(log.events()).isEmpty();
        assertThatThrownBy(() -> mqtt3("device-1")).cause().isInstanceOf(Mqtt3ConnAckException.class);
    }

    @Test
    void aClientThatConnectsAgainTakesItsConnectionOverButNotAnotherDevices() throws Exception {
        try (RawClient first = new RawClient(server.port());
                RawClient other = new RawClient(server.port());
                RawClient second = new RawClient(server.port())) {
            first.send(RawClient.connect(5, "same", true, 0, "device-1", "secret", new byte[0]));
            assertThat(first.read().type()).isEqualTo(RawClient.CONNACK);
            other.send(RawClient.connect(5, "same", true, 0, "device-2", "secret", new byte[0]));
            assertThat(other.read().type()).isEqualTo(RawClient.CONNACK);
            second.send(RawClient.connect(5, "same", true, 0, "device-1", "secret", new byte[0]));
            assertThat(second.read().type()).isEqualTo(RawClient.CONNACK);
            Packet last = first.read();
            assertThat(last.type()).isEqualTo(RawClient.DISCONNECT);
            assertThat(last.body()[0]).isEqualTo((byte) 0x8E);
            assertThat(first.read().type()).isEqualTo(RawClient.CLOSED);
            other.send(RawClient.packet(0xC0, new byte[0]));
            assertThat(other.read().type()).isEqualTo(RawClient.PINGRESP);
        }
    }

    @Test
    void aClientThatFallsSilentIsClosedAndOneThatPingsIsNot() throws Exception {
        try (RawClient silent = new RawClient(server.port());
                RawClient lively = new RawClient(server.port())) {
            silent.send(RawClient.connect(5, "s", true, 1, "device-1", "secret", new byte[0]));
            lively.send(RawClient.connect(5, "l", true, 1, "device-2", "secret", new byte[0]));
            assertThat(silent.read().type()).isEqualTo(RawClient.CONNACK);
            assertThat(lively.read().type()).isEqualTo(RawClient.CONNACK);
            CompletableFuture<Packet> end = CompletableFuture.supplyAsync(() -> read(silent));
            while (!end.isDone()) {
                lively.send(RawClient.packet(0xC0, new byte[0]));
                assertThat(lively.read().type()).isEqualTo(RawClient.PINGRESP);
                Thread.sleep(100);
            }
            assertThat(end.join().type()).isEqualTo(RawClient.DISCONNECT);
            assertThat(end.join().body()[0]).isEqualTo((byte) 0x8D);
        }
    }

    @Test
    void whoConnectsAndSaysNothingIsClosed() throws Exception {
        restart(new MemoryLog(), 0, ANY_PORT.withConnectTimeout(Duration.ofMillis(200)));
        try (RawClient mute = new RawClient(server.port())) {
            assertThat(mute.read().type()).isEqualTo(RawClient.CLOSED);
        }
    }

    @Test
    void aWillIsTakenInWhenItsClientVanishesAndNotWhenItSaysGoodbye() throws Exception {
        byte[] will = RawClient.will(LEVEL, "{\"result\":-1}");
        RawClient polite = new RawClient(server.port());
        polite.send(RawClient.connect(4, "p", true, 0, "device-1", "secret", will));
        polite.read();
        polite.send(RawClient.packet(0xE0, new byte[0]));
        assertThat(polite.read().type()).isEqualTo(RawClient.CLOSED);
        RawClient lost = new RawClient(server.port());
        lost.send(RawClient.connect(4, "l", true, 0, "device-2", "secret", will));
        lost.read();
        lost.vanish();
        eventually("the will is in the log", () -> log.events().size() == 1);
        assertThat(log.events().getFirst().device().value()).isEqualTo("device-2");
        RawClient elsewhere = new RawClient(server.port());
        elsewhere.send(RawClient.connect(4, "e", true, 0, "device-3", "secret", RawClient.will("status/e", "offline")));
        elsewhere.read();
        elsewhere.vanish();
        eventually("a will for others is counted", () -> rejected(Reason.UNKNOWN_TOPIC) == 1);
        assertThat(log.quarantine()).isEmpty();
    }

    @Test
    void subscriptionsAreRefusedPolitely() throws Exception {
        try (RawClient client = RawClient.connected(server.port(), "device-1")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.write(0);
            body.write(9);
            RawClient.text(body, "a/#");
            body.write(1);
            RawClient.text(body, "b");
            body.write(0);
            client.send(RawClient.packet(0x82, body.toByteArray()));
            Packet reply = client.read();
            assertThat(reply.type()).isEqualTo(RawClient.SUBACK);
            assertThat(reply.body()).containsExactly(0, 9, 0x80, 0x80);
            ByteArrayOutputStream un = new ByteArrayOutputStream();
            un.write(0);
            un.write(10);
            RawClient.text(un, "a/#");
            client.send(RawClient.packet(0xA2, un.toByteArray()));
            Packet unReply = client.read();
            assertThat(unReply.type()).isEqualTo(RawClient.UNSUBACK);
            assertThat(unReply.id()).isEqualTo(10);
        }
    }

    @Test
    void acknowledgementsComeInTheOrderOfTheMessages() throws Exception {
        try (RawClient client = RawClient.connected(server.port(), "device-1")) {
            ByteArrayOutputStream burst = new ByteArrayOutputStream();
            for (int id = 1; id <= 3_000; id++) {
                burst.writeBytes(RawClient.publish(
                        LEVEL, "{\"result\":" + (id % 7 == 0 ? "\"bad\"" : id) + "}", 1 + id % 2, id, false));
            }
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(client, burst.toByteArray()));
            for (int id = 1; id <= 3_000; id++) {
                Packet reply = client.read();
                assertThat(reply.type()).isEqualTo(id % 2 == 0 ? RawClient.PUBACK : RawClient.PUBREC);
                assertThat(reply.id()).isEqualTo(id);
            }
            sending.join();
        }
        assertThat(log.deepest()).isLessThanOrEqualTo(512);
    }

    @Test
    void aQos2MessageSentTwiceHasOneEffectAlsoOverAReconnection() throws Exception {
        byte[] connect = RawClient.connect(4, "kept", false, 0, "device-1", "secret", new byte[0]);
        byte[] message = RawClient.publish(LEVEL, "{\"result\":5}", 2, 77, false);
        byte[] repeated = RawClient.publish(LEVEL, "{\"result\":5}", 2, 77, true);
        try (RawClient client = new RawClient(server.port())) {
            client.send(connect);
            assertThat(client.read().body()).containsExactly(0, 0);
            client.send(message);
            assertThat(client.read().type()).isEqualTo(RawClient.PUBREC);
            client.send(repeated);
            assertThat(client.read().type()).isEqualTo(RawClient.PUBREC);
        }
        try (RawClient client = new RawClient(server.port())) {
            client.send(connect);
            assertThat(client.read().body()).containsExactly(1, 0);
            client.send(repeated);
            assertThat(client.read().type()).isEqualTo(RawClient.PUBREC);
            client.send(RawClient.packet(0x62, new byte[] {0, 77}));
            Packet complete = client.read();
            assertThat(complete.type()).isEqualTo(RawClient.PUBCOMP);
            assertThat(complete.id()).isEqualTo(77);
            client.send(message);
            assertThat(client.read().type()).isEqualTo(RawClient.PUBREC);
        }
        assertThat(log.events()).hasSize(2);
    }

    @Test
    void aPacketIdUsedAnewByAClientThatForgotItsSessionBringsANewMessage() throws Exception {
        byte[] connect = RawClient.connect(4, "kept", false, 0, "device-1", "secret", new byte[0]);
        for (int result = 1; result <= 2; result++) {
            try (RawClient client = new RawClient(server.port())) {
                client.send(connect);
                client.read();
                client.send(RawClient.publish(LEVEL, "{\"result\":" + result + "}", 2, 1, false));
                assertThat(client.read().type()).isEqualTo(RawClient.PUBREC);
            }
        }
        assertThat(log.events()).hasSize(2);
    }

    @Test
    void aPacketWhoseFieldsReachBeyondItsEndEndsTheConnectionAtOnce() throws Exception {
        List<byte[]> packets = List.of(
                RawClient.packet(0x32, new byte[] {(byte) 0xff, (byte) 0xff, 0, 0}),
                RawClient.packet(0x32, new byte[] {0}),
                RawClient.packet(0x62, new byte[] {0}),
                RawClient.packet(0x82, new byte[] {0, 1, 0, 9, 'a'}));
        for (byte[] packet : packets) {
            try (RawClient client = RawClient.connected(server.port(), "device-1")) {
                client.send(packet);
                assertThat(client.read().type())
                        .as(HexFormat.of().formatHex(packet))
                        .isEqualTo(RawClient.CLOSED);
            }
        }
        try (RawClient client = new RawClient(server.port())) {
            client.send(RawClient.packet(0x10, new byte[] {0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, 9, 'a'}));
            assertThat(client.read().type()).isEqualTo(RawClient.CLOSED);
        }
        eventually("all are counted", () -> rejected(Reason.MALFORMED) == packets.size() + 1);
    }

    @Test
    void aPacketThatDoesNotEndIsNotAwaitedForEver() throws Exception {
        restart(new MemoryLog(), 0, ANY_PORT.withPacketTimeout(Duration.ofMillis(200)));
        byte[] message = RawClient.publish(LEVEL, "{\"result\":1}", 1, 1, false);
        try (RawClient client = RawClient.connected(server.port(), "device-1")) {
            client.send(message);
            assertThat(client.read().type()).isEqualTo(RawClient.PUBACK);
            client.send(Arrays.copyOf(message, message.length - 1));
            assertThat(client.read().type()).isEqualTo(RawClient.CLOSED);
        }
        assertThat(rejected(Reason.MALFORMED)).isEqualTo(1);
    }

    @Test
    void oneDeviceLeavesConnectionsForOthers() throws Exception {
        restart(new MemoryLog(), 0, ANY_PORT.withConnections(8));
        try (RawClient first = RawClient.connected(server.port(), "device-1");
                RawClient second = new RawClient(server.port());
                RawClient third = new RawClient(server.port())) {
            second.send(RawClient.connect(4, "second", true, 0, "device-1", "secret", new byte[0]));
            assertThat(second.read().body()).containsExactly(0, 0);
            third.send(RawClient.connect(4, "third", true, 0, "device-1", "secret", new byte[0]));
            assertThat(third.read().body()).as("server unavailable").containsExactly(0, 3);
            RawClient.connected(server.port(), "device-2").close();
            first.close();
            eventually("there is room again", () -> {
                try (RawClient again = new RawClient(server.port())) {
                    again.send(RawClient.connect(4, "again", true, 0, "device-1", "secret", new byte[0]));
                    return again.read().body()[1] == 0;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    @Test
    void largePacketsOfOneDeviceWaitUnreadWhileOthersOfItAreUnderWay() throws Exception {
        byte[] small = RawClient.publish(LEVEL, "{\"result\":1}", 1, 1, false);
        byte[] large = RawClient.publish(LEVEL, "{\"result\":1,\"x\":\"" + "y".repeat(900_000) + "\"}", 1, 2, false);
        List<RawClient> halfway = new ArrayList<>();
        try (RawClient waiting = RawClient.connected(server.port(), "device-1");
                RawClient other = RawClient.connected(server.port(), "device-2")) {
            for (int i = 0; i < 18; i++) {
                RawClient client = new RawClient(server.port());
                client.send(RawClient.connect(4, "c" + i, true, 0, "device-1", "secret", new byte[0]));
                client.read();
                ByteArrayOutputStream begun = new ByteArrayOutputStream();
                begun.writeBytes(small);
                begun.write(large, 0, 100);
                client.send(begun.toByteArray());
                // What came with the small one has been seen when the small one is acknowledged.
                assertThat(client.read().id()).isEqualTo(1);
                halfway.add(client);
            }
            CompletableFuture<Packet> reply = CompletableFuture.supplyAsync(() -> {
                try {
                    waiting.send(large);
                    return waiting.read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            // Each of another device's three is read, decoded and acknowledged meanwhile.
            for (int i = 0; i < 3; i++) {
                other.send(large);
                assertThat(other.read().type()).as("another device's").isEqualTo(RawClient.PUBACK);
            }
            assertThat(reply).isNotDone();
            for (RawClient client : halfway) {
                client.vanish();
            }
            assertThat(reply.join().type()).isEqualTo(RawClient.PUBACK);
        }
        assertThat(log.events()).hasSize(18 + 4);
    }

    @Test
    void clientIdsAndAliasedTopicsOfAnyLengthAreNotRemembered() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(RawClient.connect(4, "i".repeat(1025), true, 0, "device-1", "secret", new byte[0]));
            assertThat(client.read().body()).as("identifier rejected").containsExactly(0, 2);
        }
        try (RawClient client = new RawClient(server.port())) {
            client.send(RawClient.connect(5, "a", true, 0, "device-1", "secret", new byte[0]));
            client.read();
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            RawClient.text(body, "t".repeat(60_000));
            body.writeBytes(new byte[] {0, 1, 3, 0x23, 0, 7, '{', '}'});
            client.send(RawClient.packet(0x32, body.toByteArray()));
            Packet reply = client.read();
            assertThat(reply.type()).isEqualTo(RawClient.DISCONNECT);
            assertThat(reply.body()[0]).isEqualTo((byte) 0x90);
        }
    }

    @Test
    void withTheLogFullTheClientIsNotReadAndNothingIsLostNotEvenQos0OfAClientThatLeft() throws Exception {
        restart(new MemoryLog(10), 0, ANY_PORT.withWindow(100, 1 << 20));
        log.halt();
        int messages = 50_000;
        RawClient client = RawClient.connected(server.port(), "device-1");
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
            ByteArrayOutputStream burst = new ByteArrayOutputStream();
            for (int i = 0; i < messages; i++) {
                burst.writeBytes(RawClient.publish(
                        LEVEL, "{\"result\":" + i + ",\"padding\":\"" + "x".repeat(200) + "\"}", 0, 0, false));
            }
            burst.writeBytes(RawClient.packet(0xE0, new byte[0]));
            send(client, burst.toByteArray());
        });
        eventually("the log is full", () -> log.waitingRecords() == 10);
        assertThat(sending).isNotDone();
        log.resume();
        sending.join();
        client.close();
        eventually("all are in the log", () -> log.events().size() == messages);
        assertThat(log.deepest()).isEqualTo(10);
    }

    @Test
    void oneConnectionHoldsNoMoreOfTheLogThanItsWindowSoThatOthersComeIn() throws Exception {
        restart(new MemoryLog(), 0, ANY_PORT.withWindow(50, 1 << 20));
        log.halt();
        try (RawClient flood = RawClient.connected(server.port(), "device-1");
                RawClient other = RawClient.connected(server.port(), "device-2")) {
            ByteArrayOutputStream burst = new ByteArrayOutputStream();
            for (int id = 1; id <= 5_000; id++) {
                burst.writeBytes(RawClient.publish(LEVEL, "{\"result\":1}", 1, id, false));
            }
            flood.send(burst.toByteArray());
            eventually("the window is full", () -> log.waitingRecords() == 50);
            other.send(RawClient.publish(LEVEL, "{\"result\":2}", 1, 1, false));
            eventually("the other's message is in between", () -> log.waitingRecords() == 51);
            log.resume();
            assertThat(other.read().type()).isEqualTo(RawClient.PUBACK);
            for (int id = 1; id <= 5_000; id++) {
                assertThat(flood.read().id()).isEqualTo(id);
            }
        }
        assertThat(log.deepest()).isLessThanOrEqualTo(51);
    }

    @Test
    void aDeviceOverItsShareIsDelayedAndLosesNothing() throws Exception {
        restart(new MemoryLog(), 2_000, ANY_PORT);
        try (RawClient client = RawClient.connected(server.port(), "device-1");
                RawClient other = RawClient.connected(server.port(), "device-2")) {
            other.send(RawClient.publish(LEVEL, "{\"result\":-1}", 1, 1, false));
            assertThat(other.read().type()).isEqualTo(RawClient.PUBACK);
            long began = System.nanoTime();
            ByteArrayOutputStream burst = new ByteArrayOutputStream();
            for (int i = 0; i < 4_000; i++) {
                burst.writeBytes(RawClient.publish(LEVEL, "{\"result\":" + i + "}", 0, 0, false));
            }
            client.send(burst.toByteArray());
            eventually("all are in the log", () -> log.events().size() == 4_001);
            // Of two seconds' share the first is free.
            assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(700));
        }
    }

    @Test
    void whenTheLogFailsTheConnectionIsClosedWithoutAnAcknowledgement() throws Exception {
        log.fail(true);
        try (RawClient client = RawClient.connected(server.port(), "device-1")) {
            client.send(RawClient.publish(LEVEL, "{\"result\":1,\"@iot.id\":1}", 1, 1, false));
            assertThat(client.read().type()).isEqualTo(RawClient.CLOSED);
        }
        assertThat(edge.counters().snapshot().deferred()).isEqualTo(1);
        log.fail(false);
        try (RawClient client = RawClient.connected(server.port(), "device-1")) {
            client.send(RawClient.publish(LEVEL, "{\"result\":1,\"@iot.id\":1}", 1, 1, true));
            assertThat(client.read().type()).isEqualTo(RawClient.PUBACK);
        }
        assertThat(log.events()).hasSize(1);
    }

    @Test
    void anOversizedPacketIsNotedInQuarantineAndItsConnectionClosed() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(RawClient.connect(5, "big", true, 0, "device-1", "secret", new byte[0]));
            client.read();
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            RawClient.text(body, LEVEL);
            body.write(0);
            body.write(1);
            body.write(0);
            body.writeBytes(new byte[3 << 20]);
            CompletableFuture<Void> sending =
                    CompletableFuture.runAsync(() -> sendInVain(client, RawClient.packet(0x32, body.toByteArray())));
            Packet reply = client.read();
            assertThat(reply.type()).isIn(RawClient.DISCONNECT, RawClient.CLOSED);
            if (reply.type() == RawClient.DISCONNECT) {
                assertThat(reply.body()[0]).isEqualTo((byte) 0x95);
            }
            sending.join();
        }
        eventually("a note is in quarantine", () -> log.quarantine().size() == 1);
        assertThat(log.quarantine().getFirst().reason()).isEqualTo(Reason.OVERSIZED);
        assertThat(log.quarantine().getFirst().address()).isEqualTo(LEVEL);
        assertThat(log.quarantine().getFirst().detail()).contains("3145");
        assertThat(rejected(Reason.OVERSIZED)).isEqualTo(1);
    }

    @Test
    void aPayloadJustOverTheLimitIsRefusedWithoutClosing() throws Exception {
        try (RawClient client = RawClient.connected(server.port(), "device-1")) {
            client.send(RawClient.publish(LEVEL, " ".repeat((1 << 20) + 1), 1, 1, false));
            assertThat(client.read().type()).isEqualTo(RawClient.PUBACK);
            client.send(RawClient.publish(LEVEL, "{\"result\":1}", 1, 2, false));
            assertThat(client.read().id()).isEqualTo(2);
        }
        assertThat(rejected(Reason.OVERSIZED)).isEqualTo(1);
        assertThat(log.quarantine().getFirst().truncated()).isTrue();
    }

    @Test
    void aLargePayloadKeepsItsPlaceAmongSmallOnes() throws Exception {
        String array = IntStream.range(0, 20_000)
                .mapToObj(i -> "{\"result\":" + i + "}")
                .collect(Collectors.joining(",", "[", "]"));
        try (RawClient client = RawClient.connected(server.port(), "device-1")) {
            client.send(RawClient.publish(LEVEL, array, 1, 1, false));
            client.send(RawClient.publish(LEVEL, "{\"result\":20000}", 1, 2, false));
            assertThat(client.read().id()).isEqualTo(1);
            assertThat(client.read().id()).isEqualTo(2);
        }
        assertThat(log.events().stream()
                        .map(e -> (int) ((Result.Quantity) e.observation().result()).value())
                        .toList())
                .isEqualTo(IntStream.rangeClosed(0, 20_000).boxed().toList());
    }

    @Test
    void aTopicAliasStandsForItsTopic() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(RawClient.connect(5, "a", true, 0, "device-1", "secret", new byte[0]));
            client.read();
            for (String topic : new String[] {LEVEL, ""}) {
                ByteArrayOutputStream body = new ByteArrayOutputStream();
                RawClient.text(body, topic);
                body.writeBytes(new byte[] {0, 1, 3, 0x23, 0, 7});
                body.writeBytes(bytes("{\"result\":1}"));
                client.send(RawClient.packet(0x32, body.toByteArray()));
                assertThat(client.read().type()).isEqualTo(RawClient.PUBACK);
            }
            assertThat(log.events()).hasSize(2);
            ByteArrayOutputStream unknown = new ByteArrayOutputStream();
            RawClient.text(unknown, "");
            unknown.writeBytes(new byte[] {0, 1, 3, 0x23, 0, 8});
            client.send(RawClient.packet(0x32, unknown.toByteArray()));
            Packet reply = client.read();
            assertThat(reply.type()).isEqualTo(RawClient.DISCONNECT);
            assertThat(reply.body()[0]).isEqualTo((byte) 0x94);
        }
    }

    @Test
    void whoDoesNotSpeakMqttIsClosedAndCounted() throws Exception {
        List<byte[]> openings = List.of(
                bytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
                new byte[] {0x16, 3, 1, 2, 0},
                RawClient.publish(LEVEL, "{\"result\":1}", 0, 0, false),
                RawClient.packet(0xC0, new byte[0]),
                RawClient.packet(0x10, new byte[] {0, 4, 'M', 'Q', 'T', 'T'}),
                new byte[] {0x30, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1});
        for (byte[] opening : openings) {
            try (RawClient client = new RawClient(server.port())) {
                client.send(opening);
                client.socketEnd();
                assertThat(client.read().type()).isIn(RawClient.CLOSED, RawClient.CONNACK);
            }
        }
        List<byte[]> breaches = List.of(
                RawClient.connect(4, "again", true, 0, "device-1", "secret", new byte[0]),
                RawClient.packet(0x20, new byte[] {0, 0}),
                RawClient.packet(0x36, bytes("\u0000\u0001a\u0000\u0001")),
                RawClient.packet(0x32, new byte[] {0, 1, 'a', 0, 0}),
                RawClient.publish("a/#", "{}", 0, 0, false),
                RawClient.publish("", "{}", 0, 0, false),
                RawClient.packet(0x82, new byte[] {0, 1}),
                RawClient.packet(0xF0, new byte[0]));
        long before = rejected(Reason.MALFORMED);
        for (byte[] breach : breaches) {
            try (RawClient client = RawClient.connected(server.port(), "device-1")) {
                client.send(breach);
                assertThat(client.read().type())
                        .as("after %s", HexFormat.of().formatHex(breach))
                        .isEqualTo(RawClient.CLOSED);
            }
        }
        assertThat(rejected(Reason.MALFORMED) - before).isEqualTo(breaches.size());
        assertThat(log.events()).isEmpty();
    }

    @Test
    void noBytesWhateverBreakTheServer() throws Exception {
        Random random = new Random(20_261_121);
        byte[] good = RawClient.publish(LEVEL, "{\"result\":1}", 1, 1, false);
        for (int round = 0; round < 300; round++) {
            try (RawClient client = round % 3 == 0
                    ? new RawClient(server.port())
                    : RawClient.connected(server.port(), "device-" + (1 + round % 4))) {
                byte[] junk = new byte[random.nextInt(200)];
                random.nextBytes(junk);
                if (round % 2 == 0 && junk.length > good.length) {
                    System.arraycopy(good, 0, junk, 0, good.length);
                    junk[random.nextInt(good.length)] ^= (byte) (1 << random.nextInt(8));
                }
                sendInVain(client, junk);
                if (round % 5 == 0) {
                    client.vanish();
                }
            }
        }
        try (RawClient client = RawClient.connected(server.port(), "gateway")) {
            client.send(RawClient.publish(LEVEL, "{\"result\":42}", 1, 9, false));
            assertThat(client.read().id()).isEqualTo(9);
        }
        eventually("all connections are gone", () -> server.connectionCount() == 0);
    }

    @Test
    void beyondTheMostConnectionsOnesAreClosedAtOnce() throws Exception {
        restart(new MemoryLog(), 0, ANY_PORT.withConnections(2));
        List<RawClient> open = new ArrayList<>();
        open.add(RawClient.connected(server.port(), "device-1"));
        open.add(RawClient.connected(server.port(), "device-2"));
        try (RawClient third = new RawClient(server.port())) {
            assertThat(third.read().type()).isEqualTo(RawClient.CLOSED);
        }
        for (RawClient client : open) {
            client.close();
        }
    }

    @Test
    void closingTheServerStillAcknowledgesWhatIsOnItsWay() throws Exception {
        log.halt();
        try (RawClient client = RawClient.connected(server.port(), "device-1")) {
            client.send(RawClient.publish(LEVEL, "{\"result\":1}", 1, 1, false));
            eventually("it is on its way", () -> log.waitingRecords() == 1);
            CompletableFuture<Void> closing = CompletableFuture.runAsync(edge::close);
            log.resume();
            assertThat(client.read().type()).isEqualTo(RawClient.PUBACK);
            assertThat(client.read().type()).isEqualTo(RawClient.CLOSED);
            closing.join();
        }
    }

    @Test
    void aPortThatIsTakenIsAClearError() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> edge.listen(MqttConfig.listeningOn("127.0.0.1", taken.getLocalPort())))
                    .isInstanceOf(BindFailure.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("\nMaybe another program listens on port");
        }
    }

    private long rejected(Reason reason) {
        return edge.counters().snapshot().rejected().get(reason);
    }

    private Mqtt3AsyncClient mqtt3(String device) {
        return mqtt3(device, "secret");
    }

    private Mqtt3AsyncClient mqtt3(String device, String secret) {
        Mqtt3AsyncClient client = MqttClient.builder()
                .useMqttVersion3()
                .identifier(device + "-3")
                .serverHost("127.0.0.1")
                .serverPort(server.port())
                .buildAsync();
        client.connectWith()
                .simpleAuth()
                .username(device)
                .password(bytes(secret))
                .applySimpleAuth()
                .send()
                .join();
        return client;
    }

    private Mqtt5AsyncClient mqtt5(String device) {
        Mqtt5AsyncClient client = MqttClient.builder()
                .useMqttVersion5()
                .serverHost("127.0.0.1")
                .serverPort(server.port())
                .buildAsync();
        client.connectWith()
                .simpleAuth()
                .username(device)
                .password(bytes("secret"))
                .applySimpleAuth()
                .send()
                .join();
        return client;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Packet read(RawClient client) {
        try {
            return client.read();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void send(RawClient client, byte[] bytes) {
        try {
            client.send(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends to a server that will hang up. */
    private static void sendInVain(RawClient client, byte[] bytes) {
        try {
            client.send(bytes);
        } catch (IOException e) {
            assertThat(e).isInstanceOf(SocketException.class);
        }
    }
}
