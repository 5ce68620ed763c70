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
import org.polias.bench.ingest.MqttPublisher.Stream;
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
    private static final double VICTIM_RATE_PER_S = 500;
    /** How many of its datastreams are probes: 20 bangs a second, which at one site are still told apart. */
    private static final int VICTIM_PROBE_STREAMS = 400;

    /** How long each stretch goes on before it counts: until the flood has used up its credit and the queues are what they will be. */
    private static final int SETTLING_S = 3;

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
        // A flood has a victim and a flooder, each with a site of its own.
        BenchCity city = settings.flood().isPresent() ? new BenchCity(2) : new BenchCity(settings.connections());
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
                    IngestResult result = settings.flood().isPresent()
                            ? flood(stage, rate, settings.flood().get())
                            : steady(stage, rate);
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
        for (int site = 0; site < city.sites(); site++) {
            String device = "bench-device-" + site;
            String secret = api.addDevice(device);
            int parts = site == 1 && settings.flood().isPresent()
                    ? settings.flood().get().connections()
                    : 1;
            for (int part = 0; part < parts; part++) {
                publishers.add(MqttPublisher.connect(
                                group,
                                address,
                                device,
                                parts == 1 ? device : device + "-" + part,
                                secret,
                                settings.inFlight(),
                                new Workload(city, site, probes, part, parts))
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join());
            }
        }
        return publishers;
    }

    private IngestResult steady(Stage stage, Rate rate) throws IOException, InterruptedException {
        double share_per_s = rate.share(settings.connections());
        List<Load> loads = stage.publishers().stream()
                .map(publisher ->
                        new Load(publisher, new Stream(share_per_s, publisher.usualProbeStreams(share_per_s), true)))
                .toList();
        warmUp(stage, rate, loads);
        progress.accept("%s/s: measuring for %d s".formatted(rate, settings.seconds()));
        Measured measured = measure(stage, loads, 0, settings.seconds());
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("rate_per_s", measured.rate_per_s());
        putShared(figures, measured);
        figures.put("latency_p50_ms", measured.seen().p50_ms());
        figures.put("latency_p99_ms", measured.seen().p99_ms());
        putUsage(figures, measured);
        figures.put("latency_max_ms", measured.seen().max_ms());
        figures.put("offered_per_s", rate.isMaximum() ? "max" : rate.perSecond());
        putProbes(figures, "", List.of(measured));
        putAcknowledgement(figures, measured);
        putCircumstances(figures, stage, measured);
        return new IngestResult(figures);
    }

    /** One device's latency alone and beside a device that offers {@code rate}, in turn, so that a drift of the machine meets both. */
    private IngestResult flood(Stage stage, Rate rate, IngestSettings.Flood flood)
            throws IOException, InterruptedException {
        Load victim =
                new Load(stage.publishers().getFirst(), new Stream(VICTIM_RATE_PER_S, VICTIM_PROBE_STREAMS, true));
        List<Load> both = new ArrayList<>(List.of(victim));
        stage.publishers()
                .subList(1, stage.publishers().size())
                .forEach(publisher ->
                        both.add(new Load(publisher, new Stream(rate.share(flood.connections()), 0, false))));
        warmUp(stage, rate, both);
        int seconds = Math.max(1, settings.seconds() / flood.rounds());
        List<Measured> alone = new ArrayList<>();
        List<Measured> flooded = new ArrayList<>();
        for (int round = 1; round <= flood.rounds(); round++) {
            progress.accept("round %d of %d: alone for %d s".formatted(round, flood.rounds(), seconds));
            alone.add(measure(stage, List.of(victim), SETTLING_S, seconds));
            progress.accept("round %d of %d: beside %s/s for %d s".formatted(round, flood.rounds(), rate, seconds));
            flooded.add(measure(stage, both, SETTLING_S, seconds));
        }
        Comparison compared = Comparison.of(samples(alone), samples(flooded));
        double[] interval = compared.interval();
        Measured last = flooded.getLast();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put(
                "rate_per_s",
                flooded.stream().mapToDouble(Measured::rate_per_s).average().orElseThrow());
        figures.put("sent", flooded.stream().mapToLong(Measured::sent).sum());
        figures.put("acked", flooded.stream().mapToLong(Measured::acked).sum());
        figures.put("stored", flooded.stream().mapToLong(Measured::stored).sum());
        figures.put("latency_p50_ms", compared.burdened_ms(0.5));
        figures.put("latency_p99_ms", compared.burdened_ms(0.99));
        figures.put("cpu_s", flooded.stream().mapToDouble(Measured::cpu_s).sum());
        figures.put("rss_mb", last.after().rss_mb());
        figures.put("latency_max_ms", compared.burdened_ms(1));
        figures.put("offered_per_s", rate.isMaximum() ? "max" : rate.perSecond());
        figures.put("alone_latency_p50_ms", compared.plain_ms(0.5));
        figures.put("alone_latency_p99_ms", compared.plain_ms(0.99));
        figures.put("alone_latency_max_ms", compared.plain_ms(1));
        figures.put("latency_p99_ratio", compared.ratio());
        figures.put("latency_p99_ratio_low", interval[0]);
        figures.put("latency_p99_ratio_high", interval[1]);
        putProbes(figures, "", flooded);
        putProbes(figures, "alone_", alone);
        putAcknowledgement(figures, last);
        figures.put("alone_ack_p50_ms", alone.getLast().ack_us().getValueAtPercentile(50) / 1e3);
        figures.put("alone_ack_p99_ms", alone.getLast().ack_us().getValueAtPercentile(99) / 1e3);
        figures.put("rounds", flood.rounds());
        figures.put("flood_connections", flood.connections());
        putCircumstances(figures, stage, last);
        return new IngestResult(figures);
    }

    private static List<Probes.Sample> samples(List<Measured> rounds) {
        return rounds.stream().flatMap(round -> round.seen().samples().stream()).toList();
    }

    private static void putShared(Map<String, Object> figures, Measured measured) {
        figures.put("sent", measured.sent());
        figures.put("acked", measured.acked());
        figures.put("stored", measured.stored());
    }

    private static void putUsage(Map<String, Object> figures, Measured measured) {
        figures.put("cpu_s", measured.cpu_s());
        figures.put("rss_mb", measured.after().rss_mb());
    }

    private static void putProbes(Map<String, Object> figures, String prefix, List<Measured> rounds) {
        List<Seen> seen = rounds.stream().map(Measured::seen).toList();
        figures.put(prefix + "probes", seen.stream().mapToLong(Seen::sent).sum());
        figures.put(prefix + "probes_seen", seen.stream().mapToLong(Seen::seen).sum());
        figures.put(
                prefix + "probes_merged", seen.stream().mapToLong(Seen::merged).sum());
        figures.put(prefix + "probes_lost", seen.stream().mapToLong(Seen::lost).sum());
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
        List<Sent> sent = join(publish(loads, settings.warmup_s()));
        awaitStored(stage, before + sent.stream().mapToLong(Sent::acked).sum());
    }

    /** Drives for {@code settling_s} and {@code seconds}; bangs count only in the latter. */
    private Measured measure(Stage stage, List<Load> loads, int settling_s, int seconds)
            throws IOException, InterruptedException {
        long storedBefore = stage.api().stored();
        stage.probes().begin();
        ProcessUsage before = stage.platform().usage();
        double generatorBefore_s = Machine.ownCpu_s();
        long start_ns = System.nanoTime();
        List<CompletableFuture<Sent>> publishing = publish(loads, settling_s + seconds);
        if (settling_s > 0) {
            TimeUnit.SECONDS.sleep(settling_s);
            stage.probes().begin();
        }
        List<Sent> sent = join(publishing);
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
        // In a flood the victim's; else everybody's.
        (settings.flood().isPresent() ? sent.subList(0, 1) : sent).forEach(each -> ack_us.add(each.ack_us()));
        long lastAck_ns = sent.stream().mapToLong(Sent::lastAck_ns).max().orElse(start_ns);
        // A schedule's last observation is acknowledged within its seconds if all is well; so those count at least.
        double acked_s = Math.max(settling_s + seconds, (lastAck_ns - start_ns - LEAD_NS) / 1e9);
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

    private static List<CompletableFuture<Sent>> publish(List<Load> loads, int seconds) {
        long start_ns = System.nanoTime() + LEAD_NS;
        long end_ns = start_ns + TimeUnit.SECONDS.toNanos(seconds);
        List<CompletableFuture<Sent>> all = new ArrayList<>();
        for (int i = 0; i < loads.size(); i++) {
            Load load = loads.get(i);
            double rate_per_s = load.stream().rate_per_s();
            // Evenly between each other, as devices that know nothing of each other are.
            long shift_ns = Double.isInfinite(rate_per_s) ? 0 : (long) (1e9 / rate_per_s * i / loads.size());
            all.add(load.publisher()
                    .publish(start_ns + shift_ns, end_ns + shift_ns, load.stream())
                    .orTimeout(2L * seconds + DRAIN_TIMEOUT_S, TimeUnit.SECONDS));
        }
        return all;
    }

    private static List<Sent> join(List<CompletableFuture<Sent>> publishing) {
        return publishing.stream().map(CompletableFuture::join).toList();
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
    private record Load(MqttPublisher publisher, Stream stream) {}

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
            double generatorCpu_s) {

        double cpu_s() {
            return after.cpu_s() - before.cpu_s();
        }
    }
}
