// SPDX-License-Identifier: Apache-2.0
package org.polias.app.pilot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.polias.edge.Edge;
import org.polias.edge.decode.RawResult;
import org.polias.edge.decode.Reading;
import org.polias.edge.intake.Delivery;
import org.polias.edge.intake.IntakeLimits;
import org.polias.edge.intake.Target;
import org.polias.fuse.DefaultFusion;
import org.polias.model.Sorted;
import org.polias.model.admission.Quarantined;
import org.polias.model.city.City;
import org.polias.model.city.SiteDefinition;
import org.polias.model.detection.Detection;
import org.polias.model.event.SiteEvent;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.DeviceId;
import org.polias.model.id.IncidentId;
import org.polias.model.id.TenantId;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.observation.Quality;
import org.polias.model.observation.Result;
import org.polias.model.port.EventLog;
import org.polias.model.port.Registry;
import org.polias.pilots.Emission;
import org.polias.pilots.World;
import org.polias.stream.replay.Replay;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pilot's world, the edge and the folds with nothing between them: no network, no log, no clock. What the world's sensors emit is
 * admitted, sound is listened to, and what is admitted is folded; time is the world's.
 */
final class PureChain implements AutoCloseable {

    private final City city;
    private final World world;
    private final Registry.Device device;
    private final Edge edge;
    private final Replay folds;
    private final List<Detection> detections = new ArrayList<>();
    private final Map<IncidentId, Incident> incidents = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private Instant now;

    PureChain(City city, long seed, Instant start) {
        this.city = city;
        this.world = new World(city, seed, start, 1);
        this.now = start;
        this.device = new Registry.Device(new DeviceId("world"), city.tenant(), Optional.empty());
        this.edge = new Edge(new Everything(city), new Straight(), () -> now, IntakeLimits.DEFAULT.withShare_per_s(0));
        this.folds = new Replay(new DefaultFusion(), (event, part, failure) -> faults.add(part + ": " + failure));
        for (SiteDefinition site : city.sites()) {
            fold(new SiteEvent.Configured(site.key(), start, site));
        }
    }

    /** Begins an exercise of the world now. */
    void begin(String exercise) {
        world.begin(exercise);
    }

    /** Lives on for a while; the folds learn of time once a second. */
    void live(Duration duration) {
        Instant end = now.plus(duration);
        while (now.isBefore(end)) {
            Instant next = now.plusSeconds(1);
            for (Emission emission : world.advanceTo(next)) {
                now = emission.time();
                deliver(emission);
            }
            now = next;
            for (SiteDefinition site : city.sites()) {
                fold(new SiteEvent.Ticked(site.key(), now));
            }
        }
        assertThat(faults).isEmpty();
    }

    /** All that detectors claimed so far. */
    List<Detection> detections() {
        return detections;
    }

    /** All incidents that were opened so far, as they are now. */
    List<Incident> incidents() {
        return List.copyOf(incidents.values());
    }

    World world() {
        return world;
    }

    @Override
    public void close() {
        edge.close();
    }

    private void deliver(Emission emission) {
        Delivery delivery =
                switch (emission) {
                    case Emission.Sound sound ->
                        receive(Target.ofSound("world", sound.datastream().value()), pcm(sound));
                    case Emission.NetworkLine line ->
                        receive(
                                Target.ofFile(
                                        Path.of("eve.json"), line.datastream().value()),
                                line.line().getBytes(StandardCharsets.UTF_8));
                    case Emission.Measured measured -> receive(measured, raw(measured.result()));
                    case Emission.Happened happened -> receive(happened, raw(happened.event()));
                };
        delivery.offer();
        assertThat(delivery.rejections()).as("%s", emission).isEmpty();
    }

    private Delivery receive(Target target, byte[] payload) {
        return edge.intake().receive(device, target, payload, payload.length, _ -> {});
    }

    private Delivery receive(Emission emission, RawResult result) {
        Reading reading = new Reading(
                Optional.of(emission.datastream().value()),
                Optional.of(emission.time()),
                result,
                Quality.GOOD,
                Optional.empty(),
                Optional.empty(),
                0,
                0);
        return edge.intake()
                .receiveHeard(
                        device, Target.ofSound("world", emission.datastream().value()), List.of(reading), _ -> {});
    }

    private static RawResult raw(Result result) {
        return switch (result) {
            case Result.Quantity quantity -> new RawResult.Real(quantity.value());
            case Result.Count count -> new RawResult.Whole(count.value());
            case Result.EventRecord event -> {
                SortedMap<String, String> attributes = Sorted.copyOf(event.attributes());
                yield new RawResult.Event(event.type(), attributes);
            }
            default -> throw new AssertionError("The world emitted " + result);
        };
    }

    private static byte[] pcm(Emission.Sound sound) {
        short[] samples = sound.samples();
        ByteBuffer bytes = ByteBuffer.allocate(20 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("PCM1".getBytes(StandardCharsets.US_ASCII))
                .putInt(Emission.SOUND_RATE_HZ)
                .put((byte) 1)
                .put((byte) 16)
                .putShort((short) 0)
                .putLong(sound.first().getEpochSecond() * 1_000_000
                        + sound.first().getNano() / 1_000);
        for (short sample : samples) {
            bytes.putShort(sample);
        }
        return bytes.array();
    }

    private void fold(SiteEvent event) {
        for (SiteOutcome outcome : folds.on(event)) {
            switch (outcome) {
                case SiteOutcome.Detected detected -> detections.add(detected.detection());
                case SiteOutcome.IncidentChanged changed -> {
                    IncidentEvent what = changed.event();
                    incidents.merge(
                            what.incident(),
                            what instanceof IncidentEvent.Opened opened
                                    ? Incident.begin(opened)
                                    : incidents.get(what.incident()).on(what),
                            (_, next) -> next);
                }
                default -> {}
            }
        }
    }

    /** Folds what is offered at once. */
    private final class Straight implements EventLog {
        @Override
        public boolean offer(SiteEvent event, Receipt receipt) {
            fold(event);
            receipt.settled(null);
            return true;
        }

        @Override
        public boolean offer(Quarantined payload, Receipt receipt) {
            receipt.settled(null);
            return true;
        }

        @Override
        public boolean hasRoom() {
            return true;
        }

        @Override
        public void onRoom(Runnable action) {
            action.run();
        }
    }

    /** All that the city has. */
    private static final class Everything implements Registry {

        private final Map<String, RegisteredDatastream> datastreams = new HashMap<>();

        Everything(City city) {
            city.sites().forEach(site -> site.datastreams()
                    .forEach(each -> datastreams.put(each.id().value(), new RegisteredDatastream(site.key(), each))));
        }

        @Override
        public Optional<RegisteredDatastream> findDatastream(TenantId tenant, String datastream) {
            return Optional.ofNullable(datastreams.get(datastream));
        }

        @Override
        public Optional<Device> authenticate(String device, String secret) {
            return Optional.empty();
        }

        @Override
        public void onDeviceRevoked(RevocationListener listener) {}
    }
}
