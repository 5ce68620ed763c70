// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.ingest;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;

/**
 * A process that looks from outside like a platform, and detects a bang as whatever is louder than 100 dB. Keeps its own count
 * of what is wrong with what it is sent, and dies of it.
 */
final class FakePlatform {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "s3cret";

    private final AtomicLong stored = new AtomicLong();
    private final Queue<Channel> screens = new ConcurrentLinkedQueue<>();
    private final Map<String, String> newest = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();

    private FakePlatform() {}

    /** Takes the options of {@code polias up}, of which it needs the ports and the data directory. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--die")) {
                System.out.println("The flux is 3 and not 4.");
                System.exit(7);
            }
            if (arguments[i].startsWith("--") && i + 1 < arguments.length && !arguments[i].equals("--no-pilot")) {
                options.put(arguments[i], arguments[++i]);
            }
        }
        Path data = Path.of(options.get("--data"));
        Files.createDirectories(data);
        Files.writeString(data.resolve("admin.token"), "t0ken");
        int httpPort = Integer.parseInt(options.get("--http-port"));
        FakePlatform platform = new FakePlatform();
        EventLoopGroup group = new NioEventLoopGroup(1);
        bind(group, httpPort, channel -> channel.pipeline()
                .addLast(
                        new HttpServerCodec(),
                        new HttpObjectAggregator(65_536),
                        platform.new Api(),
                        new WebSocketServerProtocolHandler("/api/live"),
                        platform.new Screen()));
        bind(group, Integer.parseInt(options.get("--mqtt-port")), channel -> channel.pipeline()
                .addLast(new MqttDecoder(), MqttEncoder.INSTANCE, platform.new Endpoint()));
        System.out.println("some words first");
        System.out.println("ready http://127.0.0.1:" + httpPort);
        new CountDownLatch(1).await();
    }

    private interface Pipeline {
        void fill(Channel channel);
    }

    private static void bind(EventLoopGroup group, int port, Pipeline pipeline) throws InterruptedException {
        new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        pipeline.fill(channel);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), port)
                .sync();
    }

    private static void die(String why) {
        System.out.println(why);
        Runtime.getRuntime().halt(9);
    }

    private final class Api extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            if (!"Bearer t0ken".equals(request.headers().get("Authorization"))) {
                die("A request to %s has no token.".formatted(request.uri()));
            }
            switch (request.uri()) {
                case "/api/live" -> context.fireChannelRead(request.retain());
                case "/api/stats" -> answer(context, "{\"stored\":%d}".formatted(stored.get()));
                case "/api/devices" -> answer(context, "{\"secret\":\"%s\"}".formatted(SECRET));
                default -> die("There is no " + request.uri());
            }
        }

        private static void answer(ChannelHandlerContext context, String json) {
            FullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.copiedBuffer(json, StandardCharsets.UTF_8));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
            context.writeAndFlush(response);
        }
    }

    private final class Screen extends SimpleChannelInboundHandler<TextWebSocketFrame> {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
                screens.add(context.channel());
                context.writeAndFlush(new TextWebSocketFrame("{\"type\":\"state\",\"incidents\":[]}"));
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame message) {
            die("A screen says nothing.");
        }
    }

    private final class Endpoint extends SimpleChannelInboundHandler<MqttMessage> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, MqttMessage message) throws Exception {
            if (message.decoderResult().isFailure()) {
                die("No MQTT: " + message.decoderResult());
            } else if (message instanceof MqttConnectMessage connect) {
                boolean isKnown =
                        SECRET.equals(new String(connect.payload().passwordInBytes(), StandardCharsets.UTF_8));
                context.writeAndFlush(MqttMessageBuilders.connAck()
                        .returnCode(
                                isKnown
                                        ? MqttConnectReturnCode.CONNECTION_ACCEPTED
                                        : MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED)
                        .build());
            } else if (message instanceof MqttPublishMessage publish) {
                take(publish.variableHeader().topicName(), publish.payload());
                context.write(MqttMessageBuilders.pubAck()
                        .packetId(publish.variableHeader().packetId())
                        .build());
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }

    private void take(String topic, ByteBuf payload) throws Exception {
        JsonNode observation = JSON.readTree(payload.toString(StandardCharsets.UTF_8));
        String time = observation.path("phenomenonTime").asText();
        String before = newest.put(topic, time);
        if (before != null && before.compareTo(time) >= 0) {
            die("%s went from %s to %s.".formatted(topic, before, time));
        }
        String id = observation.path("parameters").path("id").asText();
        if (id.equals(ids.put(topic, id))) {
            die("%s has %s twice.".formatted(topic, id));
        }
        stored.incrementAndGet();
        if (observation.path("result").asDouble() > 100) {
            String site = topic.replaceAll("v1.1/Datastreams\\((bench-\\d+)-level-\\d+\\)/Observations", "$1");
            screens.forEach(screen -> screen.writeAndFlush(new TextWebSocketFrame(
                    "{\"type\":\"incident\",\"incident\":{\"site\":\"%s\",\"lastEvidenceAt\":\"%s\"}}"
                            .formatted(site, time))));
        }
    }
}
