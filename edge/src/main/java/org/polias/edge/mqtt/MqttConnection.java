// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.mqtt;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;
import org.polias.edge.decode.Excerpt;
import org.polias.edge.intake.Delivery;
import org.polias.edge.intake.Rejection;
import org.polias.edge.intake.Target;
import org.polias.edge.intake.Way;
import org.polias.model.admission.Reason;
import org.polias.model.id.DeviceId;
import org.polias.model.port.Registry.Device;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttIdentifierRejectedException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * One connection. Everything here runs on the connection's event loop, except what is said to run elsewhere.
 *
 * <p>Messages wait in an inbox, and are handled in order while nothing holds them back: a full window, a log without room, a
 * large payload being decoded, a device over its share, or a client that does not read its acknowledgements. While something
 * does, no more is read from the socket; so the inbox holds no more than what one read brought.
 */
final class MqttConnection extends ChannelInboundHandlerAdapter implements PacketWatch.Listener {

    private static final System.Logger LOG = System.getLogger(MqttConnection.class.getName());

    /** Larger payloads are decoded elsewhere, so that they do not delay the other connections of this thread. */
    private static final int BULK_BYTES = 64 << 10;

    /** A will of 64 KiB, and whatever else there is to say. */
    private static final int LONGEST_CONNECT = 80 << 10;
    /** A CONNECT with a longer will counts as a large packet. */
    private static final int LARGE_CONNECT = 4 << 10;

    private static final byte DISCONNECT_WITH_WILL = 0x04;
    private static final int ALIASES = 64;
    private static final int REMEMBERED_TOPICS = 256;
    /** No topic at which something is taken is as long as this; others are not remembered, nor given an alias. */
    private static final int LONGEST_TOPIC = 512;

    static final int LONGEST_CLIENT_ID = 1024;
    private static final int VERSION_5 = MqttVersion.MQTT_5.protocolLevel();

    /** Where this thread holds the payload that it decodes. */
    private static final FastThreadLocal<byte[]> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[BULK_BYTES];
        }
    };

    private final MqttServer server;
    private final Channel channel;
    private final EventLoop loop;

    private final ArrayDeque<MqttMessage> inbox = new ArrayDeque<>();
    private final ArrayDeque<Flight> flights = new ArrayDeque<>();
    private final AtomicBoolean landingScheduled = new AtomicBoolean();
    private final Map<String, Target> targets = new HashMap<>();
    private final Map<Integer, String> aliases = new HashMap<>();
    /** QoS 2 messages on their way to the log. */
    private final Set<Integer> rising = new HashSet<>();

    private volatile @Nullable Device device;
    private @Nullable Session session;
    private @Nullable Will will;
    private boolean version5;
    private boolean explains = true;

    private @Nullable Flight blocked;
    private int flightBytes;
    private boolean windowFull;
    private boolean decoding;
    private boolean overShare;
    private boolean draining;
    private boolean closing;
    /** Nothing that is still in the inbox is to be taken. */
    private boolean deaf;

    private boolean unflushed;
    private long packets;
    private boolean counted;
    private boolean awaitsPacket;

    private Object reservedBy = LargePackets.STRANGERS;
    private long reserved_bytes;
    private long reservedUntil;
    /** A large packet waits for others to be dealt with. */
    private boolean crowded;

    private long lastHeard_ns = System.nanoTime();
    private long patience_ns;

    /** A message on its way to the log. */
    private record Flight(MqttQoS qos, int packetId, int bytes, Delivery delivery) {}

    private record Will(String topic, byte[] payload, long delay_s) {}

    MqttConnection(MqttServer server, Channel channel) {
        this.server = server;
        this.channel = channel;
        this.loop = channel.eventLoop();
    }

    /** Completes when the connection is closed. Callable from any thread. */
    ChannelFuture closed() {
        return channel.closeFuture();
    }

    /** Closes because the client has a newer connection. Callable from any thread. */
    void takeOver() {
        onLoop(() -> close(Replies.SESSION_TAKEN_OVER));
    }

    /** Closes if it is this device's, without its will: whoever holds it is not to be heard any more. Callable from any thread. */
    void revoke(DeviceId revoked) {
        Device own = device;
        if (own != null && own.id().equals(revoked)) {
            onLoop(() -> {
                will = null;
                deaf = true;
                close(Replies.NOT_AUTHORIZED);
            });
        }
    }

    /** Reads no more, and closes when what is on its way is acknowledged. Callable from any thread. */
    void drainAndClose() {
        onLoop(() -> {
            draining = true;
            will = null;
            updateReading();
            if (flights.isEmpty()) {
                close(Replies.SERVER_SHUTTING_DOWN);
            }
        });
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        loop.schedule(
                () -> {
                    if (device == null) {
                        close(Replies.PROTOCOL_ERROR);
                    }
                },
                server.config().connectTimeout().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        lastHeard_ns = System.nanoTime();
        packets++;
        if (closing || !(message instanceof MqttMessage packet)) {
            ReferenceCountUtil.release(message);
            return;
        }
        inbox.add(packet);
        work();
    }

    @Override
    public void begins(int length, long number) {
        Device own = device;
        if (closing) {
            return;
        }
        if (own == null && length > LONGEST_CONNECT) {
            breach("a CONNECT of %d bytes".formatted(length), Replies.MALFORMED_PACKET);
        } else if (length > (own == null ? LARGE_CONNECT : BULK_BYTES) && length <= server.packetMaximum()) {
            reserve(own == null ? LargePackets.STRANGERS : own.id(), length, number);
        }
    }

    @Override
    public boolean holds() {
        return crowded;
    }

    private void reserve(Object sender, int length, long number) {
        if (sender != reservedBy) {
            release();
            reservedBy = sender;
        }
        reservedUntil = number;
        crowded = !server.largePackets()
                .begin(
                        sender,
                        length,
                        () -> onLoop(() -> {
                            if (crowded && !closing) {
                                reserve(sender, length, number);
                            }
                        }));
        if (!crowded) {
            reserved_bytes += length;
        }
        updateReading();
    }

    private void release() {
        if (reserved_bytes > 0) {
            long released_bytes = reserved_bytes;
            reserved_bytes = 0;
            server.largePackets().end(reservedBy, released_bytes);
        }
    }

    @Override
    public void read(long ended, boolean unfinished) {
        if (closing) {
            return;
        }
        if (packets < ended) {
            breach("a packet whose fields reach beyond its end", Replies.MALFORMED_PACKET);
            work();
        } else if (unfinished && !awaitsPacket) {
            awaitsPacket = true;
            awaitPacket(packets);
        }
    }

    /** Looks whether the packet that has begun has ended when its time is over. */
    private void awaitPacket(long before) {
        loop.schedule(
                () -> onLoop(() -> {
                    awaitsPacket = false;
                    if (closing || packets > before) {
                        return;
                    }
                    if (channel.config().isAutoRead()) {
                        breach("a packet that did not end", Replies.PROTOCOL_ERROR);
                        work();
                    } else {
                        // It was not read, so it could not end.
                        awaitsPacket = true;
                        awaitPacket(before);
                    }
                }),
                server.config().packetTimeout().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        work();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closing = true;
        release();
        deaf |= draining;
        Session own = session;
        if (own != null) {
            server.leave(own.key(), this);
            leaveWill(own.key());
        }
        Device admitted = device;
        if (counted && admitted != null) {
            counted = false;
            server.dismiss(admitted.id());
        }
        // What was read before the client left is still taken: QoS 0 is not sent again.
        work();
    }

    /** Runs {@code action} on the event loop. Callable from any thread, also when the server has closed: then nothing is left to do. */
    private void onLoop(Runnable action) {
        try {
            loop.execute(() -> {
                try {
                    action.run();
                } catch (RuntimeException e) {
                    fail(e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "The connection of {0} was closed with its server.", who());
        }
    }

    private void fail(Throwable cause) {
        if (isOfTheOtherSide(cause)) {
            LOG.log(Level.DEBUG, "The connection of {0} was lost: {1}", who(), cause);
        } else {
            LOG.log(Level.ERROR, "The connection of %s failed.".formatted(who()), cause);
            deaf = true;
        }
        close((byte) 0);
    }

    /** The connection broke, or what came is no TLS that we speak. */
    private static boolean isOfTheOtherSide(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof DecoderException && cause.getCause() instanceof SSLException;
    }

    private void work() {
        if (deaf) {
            inbox.forEach(ReferenceCountUtil::release);
            inbox.clear();
            Flight waiting = blocked;
            blocked = null;
            if (waiting != null) {
                waiting.delivery().abandon();
            }
        }
        while (!isHeld()) {
            MqttMessage message = inbox.poll();
            if (message == null) {
                break;
            }
            try {
                handle(message);
            } finally {
                ReferenceCountUtil.release(message);
            }
        }
        if (unflushed) {
            unflushed = false;
            channel.flush();
        }
        if (packets >= reservedUntil && inbox.isEmpty() && flights.isEmpty() && !decoding) {
            release();
        }
        updateReading();
    }

    private void write(Object packet) {
        channel.write(packet);
        unflushed = true;
    }

    private boolean isHeld() {
        return blocked != null
                || windowFull
                || decoding
                || overShare
                || draining
                || channel.isActive() && !channel.isWritable();
    }

    private void updateReading() {
        boolean read = closing || !isHeld() && !crowded && inbox.isEmpty();
        if (channel.isActive() && channel.config().isAutoRead() != read) {
            channel.config().setAutoRead(read);
            // A client that is not read cannot be heard; it gets its time anew.
            lastHeard_ns = System.nanoTime();
        }
    }

    private void handle(MqttMessage message) {
        if (message.decoderResult().isFailure()) {
            handleUnreadable(message, message.decoderResult().cause());
            return;
        }
        MqttMessageType type = message.fixedHeader().messageType();
        if (device == null) {
            if (type == MqttMessageType.CONNECT) {
                handleConnect((MqttConnectMessage) message);
            } else {
                breach("a %s before CONNECT".formatted(type), Replies.PROTOCOL_ERROR);
            }
            return;
        }
        switch (type) {
            case PUBLISH -> handlePublish((MqttPublishMessage) message);
            case PUBREL -> handleRelease(((MqttMessageIdVariableHeader) message.variableHeader()).messageId());
            case PINGREQ -> write(MqttMessage.PINGRESP);
            case SUBSCRIBE -> handleSubscribe((MqttSubscribeMessage) message);
            case UNSUBSCRIBE -> handleUnsubscribe((MqttUnsubscribeMessage) message);
            case DISCONNECT -> handleDisconnect(message);
            case CONNECT, CONNACK, PUBACK, PUBREC, PUBCOMP, SUBACK, UNSUBACK, PINGRESP, AUTH ->
                breach("a %s that no client may send here".formatted(type), Replies.PROTOCOL_ERROR);
        }
    }

    private void handleConnect(MqttConnectMessage connect) {
        MqttConnectVariableHeader header = connect.variableHeader();
        MqttConnectPayload payload = connect.payload();
        version5 = header.version() >= VERSION_5;
        String clientId = payload.clientIdentifier() == null ? "" : payload.clientIdentifier();
        boolean clean = header.isCleanSession();
        boolean assigned = clientId.isEmpty();
        if (version5 && header.properties().getProperty(MqttPropertyType.AUTHENTICATION_METHOD.value()) != null) {
            refuse(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD);
            return;
        }
        if (assigned && !clean && !version5 || clientId.length() > LONGEST_CLIENT_ID) {
            refuse(
                    version5
                            ? MqttConnectReturnCode.CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID
                            : MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED);
            return;
        }
        byte[] password = payload.passwordInBytes();
        boolean known = header.hasUserName()
                && header.hasPassword()
                && password != null
                && server.authenticate(
                        payload.userName(), new String(password, StandardCharsets.UTF_8), found -> device = found);
        Device own = device;
        if (!known || own == null) {
            if (!header.hasUserName() || !header.hasPassword() || password == null) {
                server.intake().counters().unauthenticated();
            }
            device = null;
            refuse(
                    version5
                            ? MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD
                            : MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD);
            return;
        }
        counted = server.admit(own.id());
        if (!counted) {
            LOG.log(
                    Level.DEBUG,
                    "{0} has {1} connections already.",
                    who(),
                    server.config().connectionsOfDevice());
            device = null;
            refuse(
                    version5
                            ? MqttConnectReturnCode.CONNECTION_REFUSED_QUOTA_EXCEEDED
                            : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE);
            return;
        }
        if (assigned) {
            clientId = server.assignClientId();
        }
        Session.Key key = new Session.Key(own.id(), clientId);
        long expiry_s = version5
                ? Integer.toUnsignedLong(number(header.properties(), MqttPropertyType.SESSION_EXPIRY_INTERVAL, 0))
                : clean ? 0 : Long.MAX_VALUE;
        explains = number(header.properties(), MqttPropertyType.REQUEST_PROBLEM_INFORMATION, 1) != 0;
        server.enter(key, this);
        Optional<Session> left = server.findSession(key, !clean);
        Session entered = left.orElseGet(() -> new Session(key));
        session = entered;
        if (expiry_s > 0) {
            server.keepSession(entered);
        }
        if (header.isWillFlag()) {
            will = will(payload, expiry_s);
        }
        if (header.keepAliveTimeSeconds() > 0) {
            patience_ns = TimeUnit.MILLISECONDS.toNanos(header.keepAliveTimeSeconds() * 1500L);
            loop.schedule(this::checkAlive, patience_ns, TimeUnit.NANOSECONDS);
        }
        channel.writeAndFlush(Replies.welcome(
                new Replies.Welcome(
                        left.isPresent() && !clean,
                        server.config().window_messages(),
                        server.packetMaximum(),
                        ALIASES,
                        assigned,
                        clientId),
                version5));
    }

    private static Will will(MqttConnectPayload payload, long expiry_s) {
        byte[] message = payload.willMessageInBytes();
        // Of one that will only be counted nothing need be kept.
        boolean taken = Target.of(Way.MQTT, payload.willTopic()).route().isPresent();
        return new Will(
                taken ? payload.willTopic() : Excerpt.of(payload.willTopic()),
                message == null || !taken ? new byte[0] : message.clone(),
                Math.min(
                        expiry_s,
                        Integer.toUnsignedLong(
                                number(payload.willProperties(), MqttPropertyType.WILL_DELAY_INTERVAL, 0))));
    }

    private void handlePublish(MqttPublishMessage publish) {
        MqttFixedHeader fixed = publish.fixedHeader();
        MqttPublishVariableHeader header = publish.variableHeader();
        int packetId = header.packetId();
        // A packet id that comes again without the mark of a repetition is another message's: its client has forgotten
        // the
        // first, and would lose this one.
        if (fixed.qosLevel() == MqttQoS.EXACTLY_ONCE && fixed.isDup() && isKnown(packetId)) {
            return;
        }
        String topic = topic(header);
        if (topic.isEmpty()) {
            return;
        }
        Device own = device;
        if (own == null) {
            return;
        }
        Target target = target(topic);
        ByteBuf payload = publish.payload();
        int length = payload.readableBytes();
        if (fixed.qosLevel() == MqttQoS.EXACTLY_ONCE) {
            rising.add(packetId);
        }
        // To listen takes longer than to read, and needs the blocks in their order.
        if (length > BULK_BYTES || target.isSound()) {
            byte[] copy = new byte[length];
            payload.readBytes(copy);
            decoding = true;
            server.bulk().execute(() -> decodeElsewhere(own, target, copy, fixed.qosLevel(), packetId));
            return;
        }
        byte[] scratch = SCRATCH.get();
        payload.readBytes(scratch, 0, length);
        launch(
                own,
                new Flight(
                        fixed.qosLevel(),
                        packetId,
                        length,
                        server.intake().receive(own, target, scratch, length, this::landed)));
    }

    /** Whether this QoS 2 message came before; if it is durable, that is said again. */
    private boolean isKnown(int packetId) {
        if (rising.contains(packetId)) {
            return true;
        }
        Session own = session;
        if (own != null && own.awaits(packetId)) {
            ByteBuf reply = channel.alloc().buffer(4);
            Replies.appendAcknowledgement(reply, MqttQoS.EXACTLY_ONCE, packetId, (byte) 0, "");
            write(reply);
            return true;
        }
        return false;
    }

    /** The topic of a message, by its name or by an alias; empty if it has neither, and then the connection is closing. */
    private String topic(MqttPublishVariableHeader header) {
        String name = header.topicName();
        int alias = number(header.properties(), MqttPropertyType.TOPIC_ALIAS, -1);
        if (alias < 0) {
            if (name.isEmpty()) {
                breach("a PUBLISH without a topic", Replies.TOPIC_NAME_INVALID);
            }
            return name;
        }
        if (alias == 0 || alias > ALIASES || name.isEmpty() && !aliases.containsKey(alias)) {
            breach("the topic alias %d".formatted(alias), Replies.TOPIC_ALIAS_INVALID);
            return "";
        }
        if (name.isEmpty()) {
            return aliases.getOrDefault(alias, "");
        }
        if (name.length() > LONGEST_TOPIC) {
            breach("an alias for a topic of %d characters".formatted(name.length()), Replies.TOPIC_NAME_INVALID);
            return "";
        }
        aliases.put(alias, name);
        return name;
    }

    private Target target(String topic) {
        Target known = targets.get(topic);
        if (known != null) {
            return known;
        }
        Target target = Target.of(Way.MQTT, topic);
        if (targets.size() < REMEMBERED_TOPICS && topic.length() <= LONGEST_TOPIC) {
            targets.put(topic, target);
        }
        return target;
    }

    /** Runs on a thread of its own. */
    private void decodeElsewhere(Device own, Target target, byte[] payload, MqttQoS qos, int packetId) {
        try {
            Delivery delivery = server.intake().receive(own, target, payload, payload.length, this::landed);
            onLoop(() -> {
                decoding = false;
                if (deaf) {
                    delivery.abandon();
                } else {
                    launch(own, new Flight(qos, packetId, payload.length, delivery));
                    work();
                }
            });
        } catch (RuntimeException e) {
            onLoop(() -> fail(e));
        }
    }

    private void launch(Device own, Flight flight) {
        flights.add(flight);
        flightBytes += flight.bytes();
        windowFull = flights.size() >= server.config().window_messages()
                || flightBytes >= server.config().window_bytes();
        if (!flight.delivery().offer()) {
            blocked = flight;
            awaitRoom();
        }
        long wait_ns = server.share().charge_ns(own.id(), flight.delivery().cost());
        if (wait_ns > 0) {
            overShare = true;
            loop.schedule(
                    () -> onLoop(() -> {
                        overShare = false;
                        work();
                    }),
                    wait_ns,
                    TimeUnit.NANOSECONDS);
        }
    }

    private void awaitRoom() {
        server.intake().log().onRoom(() -> onLoop(this::offerAgain));
    }

    private void offerAgain() {
        Flight waiting = blocked;
        if (waiting == null) {
            return;
        }
        if (waiting.delivery().offer()) {
            blocked = null;
            work();
        } else {
            awaitRoom();
        }
    }

    /** Receipts come in bursts on the log's thread; one task and one flush serve as many as there are. */
    private void landed(Delivery delivery) {
        if (landingScheduled.compareAndSet(false, true)) {
            onLoop(this::land);
        }
    }

    private void land() {
        landingScheduled.set(false);
        Optional<Throwable> failure = Optional.empty();
        ByteBuf replies = null;
        for (Flight first = flights.peek();
                first != null && first.delivery().hasEnded() && failure.isEmpty();
                first = flights.peek()) {
            flights.remove();
            flightBytes -= first.bytes();
            failure = first.delivery().failure();
            if (failure.isEmpty() && first.qos() != MqttQoS.AT_MOST_ONCE && channel.isActive()) {
                if (replies == null) {
                    replies = channel.alloc().buffer(4 * (flights.size() + 1));
                }
                acknowledge(first, replies);
            }
        }
        if (replies != null) {
            channel.writeAndFlush(replies);
        }
        if (failure.isPresent() && !closing) {
            LOG.log(
                    Level.WARNING,
                    "A message of {0} did not reach the log, so the connection is closed: {1}",
                    who(),
                    failure.get());
            // The client connects again and sends again what was not acknowledged.
            deaf = true;
            close(Replies.UNSPECIFIED_ERROR);
        }
        if (windowFull
                && flights.size() <= server.config().window_messages() / 2
                && flightBytes <= server.config().window_bytes() / 2) {
            windowFull = false;
        }
        if (draining && flights.isEmpty()) {
            close(Replies.SERVER_SHUTTING_DOWN);
        }
        work();
    }

    private void acknowledge(Flight flight, ByteBuf replies) {
        byte reason = 0;
        String explanation = "";
        if (version5 && !flight.delivery().rejections().isEmpty()) {
            Rejection first = flight.delivery().rejections().getFirst();
            reason = Replies.reasonCode(first.reason());
            explanation = explains ? explanation(flight.delivery(), first) : "";
        }
        if (flight.qos() == MqttQoS.EXACTLY_ONCE) {
            rising.remove(flight.packetId());
            // An MQTT 5 client does not release a message that was refused.
            if (reason == 0 && session != null) {
                session.await(flight.packetId());
            }
        }
        Replies.appendAcknowledgement(replies, flight.qos(), flight.packetId(), reason, explanation);
    }

    private static String explanation(Delivery delivery, Rejection first) {
        String where = delivery.items() == 1
                ? first.reason().code()
                : "%d of %d refused; item %d: %s"
                        .formatted(
                                delivery.rejections().size(),
                                delivery.items(),
                                first.index(),
                                first.reason().code());
        return where + ": " + first.detail();
    }

    private void handleRelease(int packetId) {
        Session own = session;
        boolean known = own != null && own.release(packetId);
        write(Replies.pubComp(packetId, known ? 0 : Replies.PACKET_ID_NOT_FOUND, version5));
    }

    private void handleSubscribe(MqttSubscribeMessage subscribe) {
        int filters = subscribe.payload().topicSubscriptions().size();
        if (filters == 0) {
            breach("a SUBSCRIBE without a topic filter", Replies.PROTOCOL_ERROR);
        } else {
            write(Replies.refuseSubscriptions(subscribe.variableHeader().messageId(), filters));
        }
    }

    private void handleUnsubscribe(MqttUnsubscribeMessage unsubscribe) {
        int filters = unsubscribe.payload().topics().size();
        if (filters == 0) {
            breach("an UNSUBSCRIBE without a topic filter", Replies.PROTOCOL_ERROR);
        } else {
            write(Replies.confirmUnsubscription(unsubscribe.variableHeader().messageId(), filters));
        }
    }

    private void handleDisconnect(MqttMessage message) {
        boolean wantsWill = version5
                && message.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header
                && header.reasonCode() == DISCONNECT_WITH_WILL;
        if (!wantsWill) {
            will = null;
        }
        deaf = true;
        closing = true;
        channel.close();
    }

    private void handleUnreadable(MqttMessage message, Throwable cause) {
        if (device == null) {
            if (cause instanceof MqttUnacceptableProtocolVersionException) {
                refuse(MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION);
            } else if (cause instanceof MqttIdentifierRejectedException) {
                refuse(MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED);
            } else {
                breach("bytes that are no CONNECT (%s)".formatted(cause.getMessage()), Replies.MALFORMED_PACKET);
            }
            return;
        }
        if (cause instanceof TooLongFrameException) {
            refuseOversized(message);
        } else {
            breach("a packet that is malformed (%s)".formatted(cause.getMessage()), Replies.MALFORMED_PACKET);
        }
    }

    /** Of an oversized packet only the head was read; that much goes to quarantine. */
    private void refuseOversized(MqttMessage message) {
        Device own = device;
        MqttFixedHeader fixed = message.fixedHeader();
        int size = fixed == null ? 0 : fixed.remainingLength();
        String topic = message.variableHeader() instanceof MqttPublishVariableHeader header ? header.topicName() : "";
        if (own != null) {
            Delivery note = server.intake()
                    .refuse(
                            own,
                            Target.of(Way.MQTT, topic.isEmpty() ? "(unread)" : topic),
                            Reason.OVERSIZED,
                            "The packet is %d bytes long; %d can be.%nMaybe send several smaller ones."
                                    .formatted(size, server.packetMaximum()),
                            new byte[0],
                            _ -> {});
            server.bulk().execute(() -> offerNote(note));
        }
        deaf = true;
        close(Replies.PACKET_TOO_LARGE);
    }

    private void offerNote(Delivery note) {
        if (!note.offer()) {
            server.intake().log().onRoom(() -> server.bulk().execute(() -> offerNote(note)));
        }
    }

    /** Ends the connection of a client that does not keep to the protocol. */
    private void breach(String what, byte reason) {
        server.intake().counters().rejected(Reason.MALFORMED, 1);
        // Strangers knock at every open port; they are counted, and do not fill the log.
        Level level = device == null ? Level.DEBUG : Level.INFO;
        LOG.log(level, "The connection of {0} is closed: it sent {1}.", who(), Excerpt.of(what));
        deaf = true;
        close(reason);
    }

    private void refuse(MqttConnectReturnCode code) {
        deaf = true;
        closing = true;
        channel.writeAndFlush(Replies.refusal(code)).addListener(ChannelFutureListener.CLOSE);
    }

    /** @param reason told to an MQTT 5 client that is connected; 0 for none */
    private void close(byte reason) {
        if (closing) {
            channel.close();
            return;
        }
        closing = true;
        if (reason != 0 && version5 && device != null && channel.isActive()) {
            channel.writeAndFlush(Replies.disconnect(reason)).addListener(ChannelFutureListener.CLOSE);
        } else {
            channel.close();
        }
    }

    private void checkAlive() {
        if (closing) {
            return;
        }
        long left_ns = patience_ns - (System.nanoTime() - lastHeard_ns);
        if (left_ns <= 0 && channel.config().isAutoRead()) {
            close(Replies.KEEP_ALIVE_TIMEOUT);
            return;
        }
        loop.schedule(this::checkAlive, left_ns <= 0 ? patience_ns : left_ns, TimeUnit.NANOSECONDS);
    }

    private void leaveWill(Session.Key key) {
        Will left = will;
        Device own = device;
        if (left == null || own == null) {
            return;
        }
        if (left.delay_s() == 0 || !server.hasRoomForWill()) {
            server.publishWill(own, left.topic(), left.payload());
            return;
        }
        if (server.hasClient(key)) {
            return;
        }
        server.remember(
                key,
                loop.schedule(
                        () -> {
                            server.forgetWill(key);
                            server.publishWill(own, left.topic(), left.payload());
                        },
                        left.delay_s(),
                        TimeUnit.SECONDS));
    }

    private String who() {
        Device own = device;
        return own == null
                ? String.valueOf(channel.remoteAddress())
                : "device '%s' at %s".formatted(own.id(), channel.remoteAddress());
    }

    private static int number(MqttProperties properties, MqttPropertyType type, int otherwise) {
        return properties.getProperty(type.value()) instanceof MqttProperties.IntegerProperty property
                ? property.value()
                : otherwise;
    }
}
