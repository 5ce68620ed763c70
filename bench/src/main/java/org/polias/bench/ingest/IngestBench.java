// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.ingest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.HdrHistogram.Histogram;
import org.polias.bench.Machine;
import org.polias.bench.ingest.MqttPublisher.Sent;
import org.polias.bench.ingest.Probes.Seen;

import io.netty.channel.EventLoopGroup;

/**
 * Measures how much the platform takes in and how fast an operator sees it: starts it on an empty directory with a city of a
 * thousand microphones, publishes to it over MQTT with quality of service 1 by a fixed schedule, and awaits on the console's
 * socket the incidents that bangs among the observations cause. Latency counts from when a bang was to be sent, so that a stall
 * cannot hide behind the generator that it stalls.
 */
public final class IngestBench {

    /** What the victim of a flood sends, in observations a second. */
    private static final double VICTIM_RATE_PER_S = 200;

    private static final long LEAD_NS = 50_000_000;
    private static final int DRAIN_TIMEOUT_S = 120;
    private static final int PROBE_TIMEOUT_S = 15;
    /** Without one more row stored for so long, the rest is taken to be lost. */
    private static final int STORE_STALL_S = 20;

    private static final int POLL_MS = 50;

    private final IngestSettings settings;
    private final Consumer<String> progress;

    /** @param progress is told what is being done, in short lines */
    public IngestBench(IngestSettings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Measures, one result for each rate.
     *
     * @param each is given a result as soon as there is one
     * @throws IOException if the platform does not start, ends, or does not answer as its contract says
     */
    public List<IngestResult> run(Consumer<IngestResult> each) throws IOException, InterruptedException {
        BenchCity city = new BenchCity(settings.connections());
        Probes probes = new Probes();
        progress.accept("starting the platform");
        try (PlatformProcess platform = PlatformProcess.start(settings, city);
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            PlatformApi api = new PlatformApi(client, platform.url(), platform.adminToken());
            EventLoopGroup group = MqttPublisher.newGroup();
            try (LiveFeed feed = LiveFeed.open(client, platform.url(), api.token(), probes)) {
                List<MqttPublisher> publishers = connect(group, platform, api, city, probes);
                Stage stage = new Stage(platform, api, feed, publishers, probes);
                List<IngestResult> results = new ArrayList<>();
                for (Rate rate : settings.rates()) {
                    IngestResult result = settings.flood() ? flood(stage, rate) : steady(stage, rate);
                    each.accept(result);
                    results.add(result);
                }
                publishers.forEach(MqttPublisher::close);
                return results;
            } catch (CompletionException e) {
                platform.requireAlive();
                throw new IOException(e.getCause().getMessage(), e);
            } finally {
                group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
            }
        }
    }

    private List<MqttPublisher> connect(
            EventLoopGroup group, PlatformProcess platform, PlatformApi api, BenchCity city, Probes probes)
            throws IOException, InterruptedException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), platform.mqttPort());
        List<MqttPublisher> publishers = new ArrayList<>();
        for (int c = 0; c < settings.connections(); c++) {
            String device = "bench-device-" + c;
            String secret = api.addDevice(device);
            publishers.add(MqttPublisher.connect(
                            group, address, device, secret, settings.inFlight(), new Workload(city, c, probes))
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join());
        }
        return publishers;
    }

    private IngestResult steady(Stage stage, Rate rate) throws IOException, InterruptedException {
        double share_per_s = rate.share(settings.connections());
        List<Load> loads = stage.publishers().stream()
                .map(publisher -> new Load(publisher, share_per_s, true))
                .toList();
        warmUp(stage, rate, loads);
        progress.accept("%s/s: measuring for %d s".formatted(rate, settings.seconds()));
        Measured measured = measure(stage, loads);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("rate_per_s", measured.rate_per_s());
        putShared(figures, measured);
        figures.put("latency_p50_ms", measured.seen().p50_ms());
        figures.put("latency_p99_ms", measured.seen().p99_ms());
        putUsage(figures, measured);
        figures.put("latency_max_ms", measured.seen().max_ms());
        figures.put("offered_per_s", rate.isMaximum() ? "max" : rate.perSecond());
        putProbes(figures, "", measured.seen());
        putAcknowledgement(figures, measured);
        putCircumstances(figures, stage, measured);
        return new IngestResult(figures);
    }

    /** One device's latency alone, and the same beside a device that sends {@code rate}. */
    private IngestResult flood(Stage stage, Rate rate) throws IOException, InterruptedException {
        Load victim = new Load(stage.publishers().get(0), VICTIM_RATE_PER_S, true);
        Load flooder = new Load(stage.publishers().get(1), rate.share(1), false);
        warmUp(stage, rate, List.of(victim, flooder));
        progress.accept("alone: measuring for %d s".formatted(settings.seconds()));
        Measured alone = measure(stage, List.of(victim));
        progress.accept("beside a flood of %s/s: measuring for %d s".formatted(rate, settings.seconds()));
        Measured flooded = measure(stage, List.of(victim, flooder));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("rate_per_s", flooded.rate_per_s());
        putShared(figures, flooded);
        figures.put("latency_p50_ms", flooded.seen().p50_ms());
        figures.put("latency_p99_ms", flooded.seen().p99_ms());
        putUsage(figures, flooded);
        figures.put("latency_max_ms", flooded.seen().max_ms());
        figures.put("offered_per_s", rate.isMaximum() ? "max" : rate.perSecond());
        figures.put("alone_latency_p50_ms", alone.seen().p50_ms());
        figures.put("alone_latency_p99_ms", alone.seen().p99_ms());
        figures.put("alone_latency_max_ms", alone.seen().max_ms());
        figures.put("latency_p99_ratio", flooded.seen().p99_ms() / alone.seen().p99_ms());
        putProbes(figures, "", flooded.seen());
        putProbes(figures, "alone_", alone.seen());
        putAcknowledgement(figures, flooded);
        putCircumstances(figures, stage, flooded);
        return new IngestResult(figures);
    }

    private static void putShared(Map<String, Object> figures, Measured measured) {
        figures.put("sent", measured.sent());
        figures.put("acked", measured.acked());
        figures.put("stored", measured.stored());
    }

    private static void putUsage(Map<String, Object> figures, Measured measured) {
        figures.put("cpu_s", measured.after().cpu_s() - measured.before().cpu_s());
        figures.put("rss_mb", measured.after().rss_mb());
    }

    private static void putProbes(Map<String, Object> figures, String prefix, Seen seen) {
        figures.put(prefix + "probes", seen.sent());
        figures.put(prefix + "probes_seen", seen.seen());
        figures.put(prefix + "probes_merged", seen.merged());
        figures.put(prefix + "probes_lost", seen.lost());
    }

    private static void putAcknowledgement(Map<String, Object> figures, Measured measured) {
        figures.put("ack_p50_ms", measured.ack_us().getValueAtPercentile(50) / 1e3);
        figures.put("ack_p99_ms", measured.ack_us().getValueAtPercentile(99) / 1e3);
        figures.put("stored_per_s", measured.stored() / measured.stored_s());
    }

    private void putCircumstances(Map<String, Object> figures, Stage stage, Measured measured) throws IOException {
        figures.put("cpu_generator_s", measured.generatorCpu_s());
        figures.put("rss_max_mb", measured.after().peakRss_mb());
        figures.put("rss_database_mb", measured.after().database_mb());
        figures.put("seconds", settings.seconds());
        figures.put("warmup_s", settings.warmup_s());
        figures.put("connections", settings.connections());
        figures.put("in_flight", settings.inFlight());
        figures.put("durability", settings.durability());
        figures.put("file_system", stage.platform().fileSystem());
        figures.put("machine", Machine.description());
    }

    private void warmUp(Stage stage, Rate rate, List<Load> loads) throws IOException, InterruptedException {
        if (settings.warmup_s() == 0) {
            return;
        }
        progress.accept("%s/s: warming up for %d s".formatted(rate, settings.warmup_s()));
        long before = stage.api().stored();
        List<Sent> sent = publish(loads, settings.warmup_s());
        awaitStored(stage, before + sent.stream().mapToLong(Sent::acked).sum());
    }

    private Measured measure(Stage stage, List<Load> loads) throws IOException, InterruptedException {
        long storedBefore = stage.api().stored();
        stage.probes().begin();
        ProcessUsage before = stage.platform().usage();
        double generatorBefore_s = Machine.ownCpu_s();
        long start_ns = System.nanoTime();
        List<Sent> sent = publish(loads, settings.seconds());
        long acked = sent.stream().mapToLong(Sent::acked).sum();
        double generatorCpu_s = Machine.ownCpu_s() - generatorBefore_s;
        awaitProbes(stage);
        long stored = awaitStored(stage, storedBefore + acked) - storedBefore;
        double stored_s = (System.nanoTime() - start_ns) / 1e9;
        ProcessUsage after = stage.platform().usage();
        stage.feed().requireAlive();
        stage.platform().requireAlive();
        Histogram ack_us = new Histogram(sent.getFirst().ack_us());
        ack_us.reset();
        sent.forEach(each -> ack_us.add(each.ack_us()));
        long lastAck_ns = sent.stream().mapToLong(Sent::lastAck_ns).max().orElse(start_ns);
        // A schedule's last observation is acknowledged within its seconds if all is well; so those count at least.
        double acked_s = Math.max(settings.seconds(), (lastAck_ns - start_ns - LEAD_NS) / 1e9);
        return new Measured(
                acked / acked_s,
                sent.stream().mapToLong(Sent::sent).sum(),
                acked,
                stored,
                stored_s,
                stage.probes().result(),
                ack_us,
                before,
                after,
                generatorCpu_s);
    }

    private static List<Sent> publish(List<Load> loads, int seconds) {
        long start_ns = System.nanoTime() + LEAD_NS;
        long end_ns = start_ns + TimeUnit.SECONDS.toNanos(seconds);
        List<CompletableFuture<Sent>> all = new ArrayList<>();
        for (int i = 0; i < loads.size(); i++) {
            Load load = loads.get(i);
            // Evenly between each other, as devices that know nothing of each other are.
            long shift_ns =
                    Double.isInfinite(load.rate_per_s()) ? 0 : (long) (1e9 / load.rate_per_s() * i / loads.size());
            all.add(load.publisher()
                    .publish(start_ns + shift_ns, end_ns + shift_ns, load.rate_per_s(), load.withProbes())
                    .orTimeout(2L * seconds + DRAIN_TIMEOUT_S, TimeUnit.SECONDS));
        }
        return all.stream().map(CompletableFuture::join).toList();
    }

    private static void awaitProbes(Stage stage) throws InterruptedException {
        long deadline_ns = System.nanoTime() + TimeUnit.SECONDS.toNanos(PROBE_TIMEOUT_S);
        while (!stage.probes().areAllSeen() && System.nanoTime() < deadline_ns) {
            Thread.sleep(POLL_MS);
        }
    }

    /** Waits until so much is stored, or nothing more is; returns what is. */
    private static long awaitStored(Stage stage, long expected) throws IOException, InterruptedException {
        long stored = stage.api().stored();
        long lastChange_ns = System.nanoTime();
        while (stored < expected && System.nanoTime() - lastChange_ns < TimeUnit.SECONDS.toNanos(STORE_STALL_S)) {
            Thread.sleep(POLL_MS);
            stage.platform().requireAlive();
            long now = stage.api().stored();
            if (now != stored) {
                stored = now;
                lastChange_ns = System.nanoTime();
            }
        }
        return stored;
    }

    /** Everything that stands ready. */
    private record Stage(
            PlatformProcess platform, PlatformApi api, LiveFeed feed, List<MqttPublisher> publishers, Probes probes) {}

    /** What one device shall send. */
    private record Load(MqttPublisher publisher, double rate_per_s, boolean withProbes) {}

    /** What came of one stretch. */
    private record Measured(
            double rate_per_s,
            long sent,
            long acked,
            long stored,
            double stored_s,
            Seen seen,
            Histogram ack_us,
            ProcessUsage before,
            ProcessUsage after,
            double generatorCpu_s) {}
}
