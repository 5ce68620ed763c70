// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.fusion;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

import org.polias.bench.Figures;
import org.polias.fuse.Fusion;
import org.polias.fuse.FusionInput;
import org.polias.fuse.FusionState;
import org.polias.model.city.Datastream;
import org.polias.model.city.ResultKind;
import org.polias.model.city.Sensor;
import org.polias.model.city.SensorKind;
import org.polias.model.city.Site;
import org.polias.model.city.SiteClass;
import org.polias.model.city.SiteDefinition;
import org.polias.model.city.Thing;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.EntityRef;
import org.polias.model.detection.Evidence;
import org.polias.model.detection.Phase;
import org.polias.model.event.SiteOutcome;
import org.polias.model.event.Step;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.SensorId;
import org.polias.model.id.SiteId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.model.id.ThingId;
import org.polias.model.observation.ObservationId;
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Offset;
import org.polias.model.place.Place;
import org.polias.model.place.Position;

/**
 * How many detections a second one thread fuses while so many incidents are live on one site: each with twenty sensors behind four
 * gateways that go on reporting it, and beside them claims that belong to nothing. All that fusion gives out is made, and dropped.
 */
public final class FusionBench {

    private static final SiteKey KEY = new SiteKey(new TenantId("bench"), new SiteId("site"));
    private static final Position ORIGIN = new Position(13.38, 49.75);
    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
    private static final int SENSORS_EACH = 20;
    private static final int GATEWAYS_EACH = 4;
    private static final double APART_M = 1500;
    /** How many belong to nothing. */
    private static final double STRAY = 0.02;
    /** In event time, between two detections: as fast as they are to be fused. */
    private static final Duration BETWEEN = Duration.ofNanos(10_000);

    private static final int CHUNK = 20_000;

    private final int incidents;
    private final double seconds;
    private final double warmUp_s;
    private final Consumer<String> progress;

    /**
     * @param incidents how many are live
     * @param seconds how long to measure
     * @param warmUp_s how long to run before
     */
    public FusionBench(int incidents, double seconds, double warmUp_s, Consumer<String> progress) {
        if (incidents < 1 || incidents > 200 || !(seconds > 0) || !(warmUp_s >= 0)) {
            throw new IllegalArgumentException(
                    "%d incidents cannot be measured for %s s after %s s.%nMaybe use 1 to 200 incidents and some seconds."
                            .formatted(incidents, seconds, warmUp_s));
        }
        this.incidents = incidents;
        this.seconds = seconds;
        this.warmUp_s = warmUp_s;
        this.progress = progress;
    }

    /** Measures. */
    public <S extends Record & FusionState> Figures run(Fusion<S> fusion) {
        Source source = new Source();
        S state = fusion.on(fusion.initial(), new FusionInput.Configured(START, definition(source)))
                .state();
        progress.accept("warming up");
        state = run(fusion, state, source, warmUp_s).state;
        progress.accept("measuring");
        Run<S> run = run(fusion, state, source, seconds);
        int live = run.state.listLiveIncidents().size();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long heap = runtime.totalMemory() - runtime.freeMemory();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("detections_per_s", run.count / (run.cpu_ns / 1e9));
        figures.put("live_incidents", live);
        figures.put("asked_incidents", incidents);
        figures.put("worst_step_ms", run.worst_ns / 1e6);
        figures.put("step_p99_us", run.percentile_us(0.99));
        figures.put("step_p9999_us", run.percentile_us(0.9999));
        figures.put("events_per_detection", (double) run.events / run.count);
        figures.put("detections", run.count);
        figures.put("heap_mb", heap / 1e6);
        return new Figures(figures);
    }

    /** What was measured, and the state after it. */
    private static final class Run<S> {
        private long count;
        private long cpu_ns;
        private long worst_ns;
        private long events;
        /** Steps by their duration in microseconds; the last holds all longer ones. */
        private final long[] histogram = new long[20_000];

        private S state;

        Run(S state) {
            this.state = state;
        }

        void step(long took_ns, int outputs) {
            count++;
            worst_ns = Math.max(worst_ns, took_ns);
            events += outputs;
            histogram[(int) Math.min(histogram.length - 1, took_ns / 1000)]++;
        }

        double percentile_us(double share) {
            long left = (long) Math.ceil(share * count);
            for (int i = 0; i < histogram.length; i++) {
                left -= histogram[i];
                if (left <= 0) {
                    return i;
                }
            }
            return histogram.length;
        }
    }

    private static <S extends Record & FusionState> Run<S> run(
            Fusion<S> fusion, S begin, Source source, double seconds) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Run<S> run = new Run<>(begin);
        long until = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < until) {
            List<FusionInput> inputs = source.next(CHUNK);
            long cpu = threads.getCurrentThreadCpuTime();
            for (FusionInput input : inputs) {
                long before = System.nanoTime();
                Step<S, SiteOutcome> step = fusion.on(run.state, input);
                run.state = step.state();
                run.step(System.nanoTime() - before, step.outputs().size());
            }
            run.cpu_ns += threads.getCurrentThreadCpuTime() - cpu;
        }
        return run;
    }

    /** Makes detections: the same ones each time. */
    private final class Source {
        private final SplittableRandom random = new SplittableRandom(1);
        private final LocalFrame frame = new LocalFrame(ORIGIN);
        private long number;
        private int ticked;

        List<FusionInput> next(int count) {
            List<FusionInput> inputs = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                Instant at = START.plus(BETWEEN.multipliedBy(number++));
                if (at.getEpochSecond() != ticked) {
                    ticked = (int) at.getEpochSecond();
                    inputs.add(new FusionInput.Ticked(at));
                }
                inputs.add(new FusionInput.Claimed(at, random.nextDouble() < STRAY ? stray(at) : ofAnIncident(at)));
            }
            return inputs;
        }

        private Detection ofAnIncident(Instant at) {
            // All incidents are begun, one after the other, before any goes on.
            int incident = number <= incidents * 3L ? (int) (number % incidents) : random.nextInt(incidents);
            int sensor = random.nextInt(SENSORS_EACH);
            return claim(incident, sensor, typeOf(incident, sensor), at, 4 + 3 * random.nextDouble());
        }

        private Detection stray(Instant at) {
            int incident = random.nextInt(incidents);
            int sensor = random.nextInt(SENSORS_EACH);
            DetectionType type = random.nextBoolean() ? DetectionType.RATE_OF_CHANGE : DetectionType.GLASS_BREAK;
            return claim(incident, sensor, type, at, 1.5);
        }

        private Detection claim(int incident, int sensor, DetectionType type, Instant at, double llr) {
            String id = "s-%d-%d".formatted(incident, sensor);
            boolean lasts = type == DetectionType.CROWD_DENSITY || type == DetectionType.GAS_LEVEL;
            DatastreamId datastream = new DatastreamId(id);
            return new Detection(
                    Detection.idOf(KEY, type, Phase.MOMENT, "bench", id, at),
                    KEY,
                    type,
                    lasts ? Phase.UPDATE : Phase.MOMENT,
                    "bench",
                    id,
                    at,
                    at,
                    llr,
                    Place.within(frame.toPosition(place(incident, sensor)), 40),
                    List.of(
                            new EntityRef(EntityRef.SENSOR, id),
                            new EntityRef(EntityRef.GATEWAY, gateway(incident, sensor))),
                    List.of(new Evidence(datastream, new ObservationId(number), at)),
                    Map.of("value", llr),
                    "Sensor %s claims %s.".formatted(id, type.code()));
        }

        private DetectionType typeOf(int incident, int sensor) {
            return switch (incident % 4) {
                case 0 -> sensor % 3 == 0 ? DetectionType.SCREAM : DetectionType.GUNSHOT;
                case 1 -> DetectionType.CROWD_DENSITY;
                case 2 -> DetectionType.GAS_LEVEL;
                default -> sensor % 2 == 0 ? DetectionType.DOOR_FORCED : DetectionType.ACCESS_REFUSED;
            };
        }

        private static String gateway(int incident, int sensor) {
            return "g-%d-%d".formatted(incident, sensor % GATEWAYS_EACH);
        }

        private Offset place(int incident, int sensor) {
            int across = (int) Math.ceil(Math.sqrt(incidents));
            double angle = 2 * Math.PI * sensor / SENSORS_EACH;
            return new Offset(
                    APART_M * (incident % across - across / 2.0) + 40 * StrictMath.cos(angle),
                    APART_M * (incident / across - across / 2.0) + 40 * StrictMath.sin(angle));
        }
    }

    private SiteDefinition definition(Source source) {
        List<Thing> things = new ArrayList<>();
        List<Sensor> sensors = new ArrayList<>();
        List<Datastream> datastreams = new ArrayList<>();
        for (int incident = 0; incident < incidents; incident++) {
            for (int sensor = 0; sensor < SENSORS_EACH; sensor++) {
                String id = "s-%d-%d".formatted(incident, sensor);
                things.add(new Thing(
                        new ThingId("t" + id),
                        id,
                        source.frame.toPosition(source.place(incident, sensor)),
                        Optional.empty(),
                        Optional.of(Source.gateway(incident, sensor))));
                sensors.add(new Sensor(new SensorId(id), new ThingId("t" + id), SensorKind.MICROPHONE, "bench", 100));
                datastreams.add(new Datastream(
                        new DatastreamId(id),
                        new SensorId(id),
                        id,
                        "bench",
                        ResultKind.EVENT,
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        Map.of()));
            }
        }
        return new SiteDefinition(
                KEY,
                new Site(KEY.site(), "Bench", SiteClass.SQUARE, ORIGIN, Optional.empty(), 20_000, 1),
                true,
                List.of(),
                List.of(),
                things,
                sensors,
                datastreams,
                List.of(),
                List.of(),
                List.of(),
                "1");
    }
}
