// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polias.model.city.City;
import org.polias.model.city.Datastream;
import org.polias.model.city.ResultKind;
import org.polias.model.city.SensorKind;
import org.polias.model.city.SiteDefinition;
import org.polias.model.city.Zone;
import org.polias.model.id.DatastreamId;
import org.polias.model.observation.Result;
import org.polias.model.place.LocalFrame;
import org.polias.perceive.acoustics.Heard;
import org.polias.perceive.acoustics.LevelReading;
import org.polias.perceive.acoustics.Listener;
import org.polias.perceive.acoustics.ListenerSettings;
import org.polias.perceive.acoustics.SoundClassifier;
import org.polias.perceive.acoustics.Unclassified;
import org.polias.pilots.Emission;
import org.polias.pilots.Exercise;
import org.polias.pilots.GroundTruth;
import org.polias.pilots.World;
import org.polias.pilots.transport.WorldRunner;

import static org.assertj.core.api.Assertions.assertThat;

/** The Pilsen pilot's files and its world belong together. */
class PilsenTest {

    private static final Instant START = Instant.parse("2026-11-21T17:00:00Z");
    private static final Loading.Loaded LOADED = load();
    private static final City CITY = LOADED.city();

    private static Loading.Loaded load() {
        return switch (CityLoader.load(Path.of("..", "pilots", "pilsen"))) {
            case Loading.Loaded loaded -> loaded;
            case Loading.Refused refused ->
                throw new AssertionError(refused.problems().render());
        };
    }

    private static SiteDefinition site(String id) {
        return CITY.sites().stream()
                .filter(site -> site.site().id().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Map<DatastreamId, Datastream> streams() {
        Map<DatastreamId, Datastream> streams = new TreeMap<>();
        CITY.sites().forEach(site -> site.datastreams().forEach(stream -> streams.put(stream.id(), stream)));
        return streams;
    }

    @Test
    void thePilotHasTheSensorsThatItIsDescribedWith() {
        Map<SensorKind, Integer> kinds = new TreeMap<>();
        CITY.sites().forEach(site -> site.sensors().forEach(sensor -> kinds.merge(sensor.kind(), 1, Integer::sum)));

        assertThat(kinds.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(60);
        assertThat(kinds).containsEntry(SensorKind.MICROPHONE, 14).containsEntry(SensorKind.CAMERA, 20);
        assertThat(site("stadium-district").zones().stream()
                        .filter(zone -> zone.id().value().startsWith("stand-"))
                        .mapToInt(Zone::expectedPeople)
                        .sum())
                .isEqualTo(11_700);
    }

    @Test
    void everySiteLiesWithinItsBoundary() {
        for (SiteDefinition site : CITY.sites()) {
            var boundary = site.site().boundary().orElseThrow();
            assertThat(boundary.contains(site.site().origin())).isTrue();
            site.things().forEach(thing -> assertThat(boundary.contains(thing.position()))
                    .as(thing.id().value())
                    .isTrue());
        }
    }

    @Test
    void theUsualCrowdIsSafeEverywhere() {
        for (SiteDefinition site : CITY.sites()) {
            for (Zone zone : site.zones()) {
                zone.safeDensity_per_m2().ifPresent(safe -> assertThat(zone.expectedPeople() / zone.walkable_m2())
                        .as(zone.id().value())
                        .isLessThan(0.6 * safe));
            }
        }
    }

    @Test
    void theFollowedFileIsNoDevice() {
        List<DatastreamId> followed =
                LOADED.sources().stream().map(EveSource::datastream).toList();

        assertThat(WorldRunner.listDevices(CITY, followed))
                .containsExactly(
                        "gw-brewery", "gw-park", "gw-stadium-east", "gw-stadium-west", "gw-street", "nids-brewery");
        assertThat(WorldRunner.listDevices(CITY, List.of())).contains("nids-stadium");
    }

    @Test
    void theWorldHasSomethingToSayForEveryDatastream() {
        World world = new World(CITY, 1, START, 6);

        assertThat(world.listUnknown()).isEmpty();
        TreeSet<DatastreamId> heard = new TreeSet<>();
        world.advanceTo(START.plus(Duration.ofMinutes(10))).forEach(emission -> heard.add(emission.datastream()));
        // The platform itself makes levels of the sound of a microphone that sends it.
        TreeSet<DatastreamId> expected = new TreeSet<>(streams().keySet());
        streams().values().forEach(stream -> Optional.ofNullable(
                        stream.mapping().get("listen.level"))
                .ifPresent(level -> expected.remove(new DatastreamId(level))));
        assertThat(heard).isEqualTo(expected);
    }

    @Test
    void aCalmDayHasNothingThatCouldAlarm() {
        World world = new World(CITY, 7, START, 6);
        Map<DatastreamId, Datastream> streams = streams();
        Map<String, Double> safePeople = new HashMap<>();
        CITY.sites().forEach(site -> site.zones().forEach(zone -> zone.safeDensity_per_m2()
                .ifPresent(safe -> safePeople.put(zone.id().value(), safe * zone.walkable_m2()))));
        Map<DatastreamId, Double> before = new HashMap<>();
        Map<DatastreamId, Instant> refused = new HashMap<>();
        int alerts = 0;
        int loudest = 0;
        // A whole match day at the usual speed.
        for (int minute = 1; minute <= 42; minute++) {
            for (Emission emission : world.advanceTo(START.plus(Duration.ofMinutes(minute)))) {
                Datastream stream = streams.get(emission.datastream());
                assertFits(stream, emission);
                switch (emission) {
                    case Emission.Measured measured -> {
                        double value = number(measured.result());
                        switch (stream.property()) {
                            case "sound-level" -> {
                                // Nothing rises by 12 dB from one second to the next, nor reaches what a bang does.
                                double earlier = before.getOrDefault(stream.id(), value);
                                assertThat(value - earlier)
                                        .as(stream.id().value())
                                        .isLessThan(8);
                                assertThat(value).as(stream.id().value()).isBetween(42.0, 88.0);
                                before.put(stream.id(), value);
                            }
                            case "ammonia" -> assertThat(value).isLessThan(5);
                            case "person-count" ->
                                assertThat(value)
                                        .as(stream.id().value())
                                        .isLessThan(0.75
                                                * safePeople.get(stream.zone()
                                                        .orElseThrow()
                                                        .value()));
                            case "vibration-velocity" -> assertThat(value).isLessThan(3);
                            case "vessel-pressure" -> assertThat(value).isBetween(1_040.0, 1_120.0);
                            default -> assertThat(value).isFinite();
                        }
                    }
                    case Emission.Happened happened -> {
                        assertThat(happened.event().type())
                                .isIn("access.granted", "access.refused", "door.opened", "door.closed");
                        if (happened.event().type().equals("access.refused")) {
                            Instant last = refused.put(stream.id(), happened.time());
                            assertThat(last == null
                                            || Duration.between(last, happened.time())
                                                            .toMinutes()
                                                    >= 20)
                                    .isTrue();
                        }
                    }
                    case Emission.Sound sound -> {
                        // One block in eight tells as much, and a day of sound is long.
                        if (sound.first().toEpochMilli() % 2_000 != 0) {
                            break;
                        }
                        for (short sample : sound.samples()) {
                            loudest = Math.max(loudest, Math.abs(sample));
                        }
                    }
                    case Emission.NetworkLine line -> {
                        if (line.line().contains("\"event_type\":\"alert\"")) {
                            alerts++;
                            assertThat(line.line()).contains("\"severity\":3");
                        }
                    }
                }
            }
        }
        assertThat(alerts).isLessThanOrEqualTo(2);
        // Full scale is 130 dB: nothing comes near to 105 dB.
        assertThat(loudest).isBetween(1, 1_850);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pilsen-shots", "pilsen-fireworks", "pilsen-ammonia", "pilsen-crush"})
    void anExerciseStaysWithinWhatTheSensorsCanReport(String exercise) {
        World world = new World(CITY, 3, START, 6);
        world.advanceTo(START.plusSeconds(30));
        Exercise begun = world.begin(exercise);
        Map<DatastreamId, Datastream> streams = streams();

        List<Emission> emissions =
                world.advanceTo(world.now().plus(begun.duration()).plusSeconds(120));

        emissions.forEach(emission -> assertFits(streams.get(emission.datastream()), emission));
        assertThat(world.findRunning()).isEmpty();
        assertThat(world.listTruths()).isNotEmpty().allSatisfy(truth -> {
            assertThat(truth.exercise()).isEqualTo(exercise);
            assertThat(truth.from()).isBefore(truth.to());
        });
    }

    @Test
    void theShotsAreHeardByManyMicrophonesEachAtItsTime() {
        World world = new World(CITY, 3, START, 6);
        Instant begun = START.plusSeconds(30);
        world.advanceTo(begun);
        world.begin("pilsen-shots");

        Map<DatastreamId, Listener> listeners = new HashMap<>();
        Map<DatastreamId, Instant> heard = new TreeMap<>();
        SoundClassifier classifier = new Unclassified();
        for (Emission emission : world.advanceTo(begun.plusSeconds(8))) {
            if (emission instanceof Emission.Sound sound) {
                short[] block = sound.samples();
                float[] samples = new float[block.length];
                for (int n = 0; n < block.length; n++) {
                    samples[n] = block[n] / 32_768f;
                }
                listeners
                        .computeIfAbsent(
                                sound.datastream(),
                                id -> new Listener(
                                        classifier, ListenerSettings.STANDARD.calibrated(130), new Firsts(id, heard)))
                        .listen(samples, 0, samples.length, sound.first());
            }
        }

        GroundTruth shots = world.listTruths().getFirst();
        LocalFrame frame = new LocalFrame(shots.position());
        Map<DatastreamId, Double> distances = new HashMap<>();
        CITY.sites().forEach(site -> site.datastreams().forEach(stream -> site.sensors().stream()
                .filter(sensor -> sensor.id().equals(stream.sensor()))
                .flatMap(sensor ->
                        site.things().stream().filter(thing -> thing.id().equals(sensor.thing())))
                .forEach(thing -> distances.put(
                        stream.id(), frame.toOffset(thing.position()).length_m()))));
        assertThat(heard).hasSizeGreaterThanOrEqualTo(8);
        heard.forEach((datastream, onset) -> {
            double travelled_s = Duration.between(shots.from(), onset).toNanos() / 1e9;
            // Some are shaded, and hear an echo first; none hears it before it can be there.
            assertThat(travelled_s - distances.get(datastream) / 345)
                    .as(datastream.value())
                    .isBetween(-0.02, 0.2);
        });
    }

    /** Keeps the first sound that each microphone hears. */
    private record Firsts(DatastreamId datastream, Map<DatastreamId, Instant> heard) implements Listener.Sink {
        @Override
        public void heard(Heard event) {
            heard.putIfAbsent(datastream, event.onset());
        }

        @Override
        public void level(LevelReading reading) {
            // Levels are not asked for here.
        }
    }

    @Test
    void fleeingPeoplePressAgainstAGateBeyondItsSafeDensityAndItIsForced() {
        List<Emission> emissions = play("pilsen-shots", 6);
        Zone gate = site("stadium-district").zones().stream()
                .filter(zone -> zone.id().value().equals("gate-area-f"))
                .findFirst()
                .orElseThrow();

        assertThat(peak(emissions, "cam-gate-f-count") / gate.walkable_m2())
                .isGreaterThan(gate.safeDensity_per_m2().orElseThrow() * 1.5);
        assertThat(emissions)
                .anyMatch(emission -> emission instanceof Emission.Happened happened
                        && happened.datastream().value().equals("acc-gate-f-events")
                        && happened.event().type().equals("door.forced"));
        assertThat(emissions.stream()
                        .filter(emission -> emission instanceof Emission.NetworkLine line
                                && line.line().contains("\"severity\":1")))
                .hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void theParksSensorsFallSilentTogetherAndComeBack() {
        World world = new World(CITY, 3, START, 6);
        world.begin("pilsen-shots");
        List<Emission> emissions = world.advanceTo(START.plusSeconds(240));

        Stream.of("mic-1-sound", "mic-2-sound", "mic-13-sound", "cam-park-west-count")
                .forEach(id -> assertThat(emissions.stream()
                                .filter(emission ->
                                        emission.datastream().value().equals(id))
                                .map(Emission::time))
                        .as(id)
                        .noneMatch(time -> time.isAfter(START.plusSeconds(75)) && time.isBefore(START.plusSeconds(180)))
                        .anyMatch(time -> time.isAfter(START.plusSeconds(181))));
    }

    @Test
    void ammoniaReachesTheStadiumWithTheWindAndLaterThanTheYard() {
        List<Emission> emissions = play("pilsen-ammonia", 6);

        assertThat(peak(emissions, "nh3-2-ammonia")).isGreaterThan(300);
        assertThat(peak(emissions, "nh3-6-ammonia")).isBetween(15.0, 160.0);
        assertThat(first(emissions, "nh3-6-ammonia", 10))
                .isAfter(first(emissions, "nh3-4-ammonia", 10).plusSeconds(20));
        LocalFrame frame = new LocalFrame(site("brewery").site().origin());
        assertThat(frame.distance_m(
                        site("brewery").assets().stream()
                                .filter(asset -> asset.id().value().equals("ammonia-receiver"))
                                .findFirst()
                                .orElseThrow()
                                .position(),
                        frame.origin()))
                .isLessThan(200);
    }

    private static List<Emission> play(String exercise, double speed) {
        World world = new World(CITY, 3, START, speed);
        Exercise begun = world.begin(exercise);
        return world.advanceTo(START.plus(begun.duration()));
    }

    private static double peak(List<Emission> emissions, String datastream) {
        return emissions.stream()
                .filter(emission -> emission.datastream().value().equals(datastream))
                .mapToDouble(emission -> number(((Emission.Measured) emission).result()))
                .max()
                .orElseThrow();
    }

    private static Instant first(List<Emission> emissions, String datastream, double above) {
        return emissions.stream()
                .filter(emission -> emission.datastream().value().equals(datastream)
                        && number(((Emission.Measured) emission).result()) > above)
                .map(Emission::time)
                .findFirst()
                .orElseThrow();
    }

    private static double number(Result result) {
        return switch (result) {
            case Result.Quantity quantity -> quantity.value();
            case Result.Count count -> count.value();
            case Result.Truth _, Result.Category _, Result.Vector _, Result.EventRecord _, Result.Text _ ->
                throw new AssertionError("%s is no number.".formatted(result));
        };
    }

    private static void assertFits(Datastream stream, Emission emission) {
        assertThat(stream).as(emission.datastream().value()).isNotNull();
        switch (emission) {
            case Emission.Measured measured -> {
                assertThat(measured.result().kind()).isEqualTo(stream.resultKind());
                assertThat(stream.plausible().orElseThrow().contains(number(measured.result())))
                        .as("%s within %s", measured, stream.plausible())
                        .isTrue();
            }
            case Emission.Sound _ -> {
                assertThat(stream.resultKind()).isEqualTo(ResultKind.EVENT);
                assertThat(stream.property()).isEqualTo("sound-event");
            }
            case Emission.Happened _ -> {
                assertThat(stream.resultKind()).isEqualTo(ResultKind.EVENT);
                assertThat(stream.property()).isEqualTo("access-event");
            }
            case Emission.NetworkLine line -> {
                assertThat(stream.property()).isEqualTo("network-event");
                assertThat(line.line())
                        .startsWith("{\"timestamp\":\"2026-")
                        .endsWith("}")
                        .doesNotContain("\n");
            }
        }
    }
}
