// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.mqtt;

import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.polias.edge.BindFailure;
import org.polias.edge.intake.Delivery;
import org.polias.edge.intake.FairShare;
import org.polias.edge.intake.Intake;
import org.polias.edge.intake.Target;
import org.polias.edge.intake.Way;
import org.polias.model.admission.Reason;
import org.polias.model.id.DeviceId;
import org.polias.model.port.Registry.Device;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;

/**
 * The MQTT server. It is built on Netty's codec because back-pressure needs the right to stop reading a single connection.
 *
 * <p>Username and password are a device's id and secret. It takes QoS 0, 1 and 2; PUBACK and PUBREC are sent only when the log
 * has the record, in the order of the PUBLISHes. A retained message is taken as any other; a subscription is refused, as there is
 * nothing to subscribe to.
 */
public final class MqttServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(MqttServer.class.getName());

    /** Room for the topic and the properties beside the largest payload. */
    private static final int HEADER_ROOM_BYTES = 8 << 10;

    /** Older ones are deprecated (RFC 8996). */
    private static final String[] TLS_VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private static final int SESSIONS = 10_000;
    /** So much of large packets one device may have under way at once. */
    private static final long LARGE_PACKETS_BYTES = 16L << 20;
    /** So many wills wait for their delay to pass; a further one is published at once. */
    private static final int PENDING_WILLS = 1_000;
    /** So many wills are on their way to the log at once; further ones are lost, and counted as deferred. */
    private static final int WILLS_UNDER_WAY = 1_000;
    /** Of so many connections that are closed because too many are open, one is told of. */
    private static final int TOLD = 1_000;

    private static final long GRACE_MS = 2_000;

    private final MqttConfig config;
    private final Intake intake;
    private final FairShare share;
    private final Executor bulk;
    private final Optional<SslContext> tls;

    private final Set<MqttConnection> connections = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<Session.Key, MqttConnection> clients = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Session.Key, Future<?>> pendingWills = new ConcurrentHashMap<>();
    private final AtomicLong revocations = new AtomicLong();
    private final AtomicLong assignedIds = new AtomicLong();
    private final LargePackets largePackets = new LargePackets(LARGE_PACKETS_BYTES);
    private final AtomicInteger willsUnderWay = new AtomicInteger();
    private final AtomicLong turnedAway = new AtomicLong();
    private final ConcurrentHashMap<DeviceId, Integer> connectionsOf = new ConcurrentHashMap<>();
    private final Map<Session.Key, Session> sessions = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Session.Key, Session> eldest) {
            return size() > SESSIONS;
        }
    };

    private Optional<Running> running = Optional.empty();

    private record Running(EventLoopGroup acceptor, EventLoopGroup workers, Channel channel) {}

    /** @param bulk takes the decoding of payloads that are too large for the threads that serve connections */
    public MqttServer(MqttConfig config, Intake intake, FairShare share, Executor bulk) {
        this.config = config;
        this.intake = intake;
        this.share = share;
        this.bulk = bulk;
        this.tls = config.tls()
                .map(context -> new JdkSslContext(
                        context,
                        false,
                        null,
                        IdentityCipherSuiteFilter.INSTANCE,
                        ApplicationProtocolConfig.DISABLED,
                        ClientAuth.NONE,
                        TLS_VERSIONS,
                        false));
    }

    /**
     * Starts to listen.
     *
     * @throws BindFailure if it cannot
     */
    public synchronized void start() {
        if (running.isPresent()) {
            throw new IllegalStateException("The MQTT server runs already on port %d.".formatted(port()));
        }
        boolean epoll = Epoll.isAvailable();
        DefaultThreadFactory acceptorThreads = new DefaultThreadFactory("mqtt-accept", true);
        DefaultThreadFactory workerThreads = new DefaultThreadFactory("mqtt", true);
        EventLoopGroup acceptor =
                epoll ? new EpollEventLoopGroup(1, acceptorThreads) : new NioEventLoopGroup(1, acceptorThreads);
        EventLoopGroup workers = epoll
                ? new EpollEventLoopGroup(config.threads(), workerThreads)
                : new NioEventLoopGroup(config.threads(), workerThreads);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(acceptor, workers)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept(channel);
                    }
                });
        var bind = bootstrap
                .bind(new InetSocketAddress(config.host(), config.port()))
                .awaitUninterruptibly();
        if (!bind.isSuccess()) {
            acceptor.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            workers.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            throw new BindFailure("MQTT", config.host(), config.port(), "--mqtt-port", bind.cause());
        }
        running = Optional.of(new Running(acceptor, workers, bind.channel()));
        intake.registry().onDeviceRevoked(this::revoke);
    }

    /** The port on which it listens. */
    public synchronized int port() {
        return running.map(r -> ((InetSocketAddress) r.channel().localAddress()).getPort())
                .orElseThrow(() -> new IllegalStateException("The MQTT server does not run."));
    }

    /** How many connections are open. */
    public int connectionCount() {
        return connections.size();
    }

    /** Stops listening, waits a little for the acknowledgements that are due, and closes all connections. */
    @Override
    public synchronized void close() {
        if (running.isEmpty()) {
            return;
        }
        Running stopping = running.get();
        running = Optional.empty();
        stopping.channel().close().awaitUninterruptibly();
        List<MqttConnection> open = List.copyOf(connections);
        open.forEach(MqttConnection::drainAndClose);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MS);
        for (MqttConnection connection : open) {
            connection.closed().awaitUninterruptibly(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        stopping.acceptor().shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        stopping.workers().shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    MqttConfig config() {
        return config;
    }

    Intake intake() {
        return intake;
    }

    FairShare share() {
        return share;
    }

    Executor bulk() {
        return bulk;
    }

    LargePackets largePackets() {
        return largePackets;
    }

    int packetMaximum() {
        return intake.limits().payload_bytes() + HEADER_ROOM_BYTES;
    }

    String assignClientId() {
        return "polias-%x-%x".formatted(System.nanoTime(), assignedIds.incrementAndGet());
    }

    /**
     * Lets a device in. If it is revoked while this happens, either this refuses it or {@link #revoke} finds the connection.
     *
     * @param admit makes the device known to the connection; called before the device is asked about for the last time
     */
    boolean authenticate(String user, String secret, Consumer<Device> admit) {
        long before;
        Optional<Device> device;
        do {
            before = revocations.get();
            device = intake.registry().authenticate(user, secret);
            device.ifPresent(admit);
        } while (device.isPresent() && revocations.get() != before);
        if (device.isEmpty()) {
            intake.counters().unauthenticated();
        }
        return device.isPresent();
    }

    /** Counts one more connection of a device, if it has not too many: it shall leave room for others. */
    boolean admit(DeviceId device) {
        if (connectionsOf.merge(device, 1, Integer::sum) > config.connectionsOfDevice()) {
            dismiss(device);
            return false;
        }
        return true;
    }

    /** Takes back what {@link #admit} counted. */
    void dismiss(DeviceId device) {
        connectionsOf.computeIfPresent(device, (_, open) -> open > 1 ? open - 1 : null);
    }

    /** Makes {@code connection} the one of its client; an older one of the same client is closed. */
    void enter(Session.Key key, MqttConnection connection) {
        MqttConnection older = clients.put(key, connection);
        if (older != null && older != connection) {
            older.takeOver();
        }
        Future<?> will = pendingWills.remove(key);
        if (will != null) {
            will.cancel(false);
        }
    }

    /** The session that a client left behind, if {@code kept}; else a new one, and none is left behind. */
    Optional<Session> findSession(Session.Key key, boolean kept) {
        synchronized (sessions) {
            return Optional.ofNullable(kept ? sessions.get(key) : sessions.remove(key));
        }
    }

    void keepSession(Session session) {
        synchronized (sessions) {
            sessions.put(session.key(), session);
        }
    }

    void leave(Session.Key key, MqttConnection connection) {
        clients.remove(key, connection);
    }

    boolean hasClient(Session.Key key) {
        return clients.containsKey(key);
    }

    /** Whether one more will may wait. */
    boolean hasRoomForWill() {
        return pendingWills.size() < PENDING_WILLS;
    }

    void remember(Session.Key key, Future<?> will) {
        pendingWills.put(key, will);
    }

    void forgetWill(Session.Key key) {
        pendingWills.remove(key);
    }

    /** Takes a will in like any message, for a connection that is no more. */
    void publishWill(Device device, String topic, byte[] payload) {
        Target target = Target.of(Way.MQTT, topic);
        if (target.route().isEmpty()) {
            intake.counters().rejected(Reason.UNKNOWN_TOPIC, 1);
            return;
        }
        if (willsUnderWay.incrementAndGet() > WILLS_UNDER_WAY) {
            // Whoever left them cannot be told to wait.
            willsUnderWay.decrementAndGet();
            intake.counters().deferred(1);
            return;
        }
        bulk.execute(() -> {
            Delivery delivery = intake.receive(device, target, payload, payload.length, ended -> {
                willsUnderWay.decrementAndGet();
                ended.failure()
                        .ifPresent(failure -> LOG.log(
                                Level.WARNING,
                                "The will of device '%s' on '%s' was lost: %s".formatted(device.id(), topic, failure)));
            });
            share.charge_ns(device.id(), delivery.cost());
            offer(delivery);
        });
    }

    private void offer(Delivery delivery) {
        if (!delivery.offer()) {
            intake.log().onRoom(() -> bulk.execute(() -> offer(delivery)));
        }
    }

    private void accept(SocketChannel channel) {
        if (connections.size() >= config.connections()) {
            if (turnedAway.getAndIncrement() % TOLD == 0) {
                LOG.log(
                        Level.WARNING,
                        "A connection from {0} was closed: {1} are open; {2} were turned away so far.",
                        channel.remoteAddress(),
                        connections.size(),
                        turnedAway.get());
            }
            channel.close();
            return;
        }
        MqttConnection connection = new MqttConnection(this, channel);
        connections.add(connection);
        channel.closeFuture().addListener(_ -> connections.remove(connection));
        tls.ifPresent(context -> {
            SslHandler handler = context.newHandler(channel.alloc());
            handler.setHandshakeTimeoutMillis(config.connectTimeout().toMillis());
            channel.pipeline().addLast(handler);
        });
        channel.pipeline()
                .addLast(new PacketWatch(connection))
                .addLast(new MqttDecoder(packetMaximum(), MqttConnection.LONGEST_CLIENT_ID))
                .addLast(MqttEncoder.INSTANCE)
                .addLast(connection);
    }

    private void revoke(DeviceId device) {
        revocations.incrementAndGet();
        for (MqttConnection connection : connections) {
            connection.revoke(device);
        }
    }
}
