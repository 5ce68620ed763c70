// SPDX-License-Identifier: Apache-2.0
package org.polias.detect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.polias.detect.likelihood.LikelihoodRatio;
import org.polias.detect.script.Script;
import org.polias.model.acoustics.SoundClass;
import org.polias.model.acoustics.SoundEvent;
import org.polias.model.city.CalendarEntry;
import org.polias.model.city.CalendarKind;
import org.polias.model.city.SiteDefinition;
import org.polias.model.detection.Detection;
import org.polias.model.detection.Phase;
import org.polias.model.id.DatastreamId;
import org.polias.model.observation.Observation;
import org.polias.model.observation.ObservationId;
import org.polias.model.observation.Quality;
import org.polias.model.observation.Result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds of every detector, whatever is reported. */
class DetectorBankProperties {

    private static final SiteDefinition SITE = new TestSite()
            .asset("gate", "10.0.0.0/8")
            .asset("server", "10.1.2.3")
            .zone("zone-a", 2)
            .camera("cam-1", "zone-a")
            .camera("cam-2", "zone-a")
            .microphone("mic-1")
            .microphone("mic-2")
            .microphoneAt("mic-3", "gateway")
            .ammonia("nh3")
            .thermometer("temp")
            .door("door", "gate")
            .network("eve")
            .ear("ear-1", 0, 0)
            .ear("ear-2", 200, 30)
            .ear("ear-3", -50, 250)
            .ear("ear-4", 180, -220)
            .calendar(new CalendarEntry(
                    CalendarKind.FIREWORKS,
                    "Festival",
                    Script.EPOCH.plusSeconds(30),
                    Script.EPOCH.plusSeconds(300),
                    Optional.empty()))
            .set("sensor-stuck", "times", "4", "lasting", "10s")
            .set("access", "requireGrant", "true", "refusals", "2")
            .set("credential-refused", "refusals", "2")
            .setFor(Set.of("temp"), "level", "raise", "30", "rateRaise", "5")
            .definition();

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    /** Something that may happen: after so long a pause, a reading this much older than its arrival, or a tick. */
    record Happening(int pause_ms, int age_ms, Optional<Reported> reported) {}

    record Reported(String datastream, Result result, Quality quality) {}

    @Provide
    Arbitrary<List<Happening>> happenings() {
        Arbitrary<Integer> pause = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(0, 2000)),
                Tuple.of(1, Arbitraries.integers().between(2000, 120_000)));
        Arbitrary<Integer> age = Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.just(0)),
                Tuple.of(1, Arbitraries.integers().between(-1000, 100_000)));
        Arbitrary<Quality> quality = Arbitraries.frequency(
                Tuple.of(8, Quality.GOOD), Tuple.of(1, Quality.UNCERTAIN), Tuple.of(1, Quality.BAD));
        Arbitrary<Optional<Reported>> reported = Arbitraries.of(
                        "ear-1", "ear-2", "ear-3", "ear-4", "ear-1", "ear-2", "ear-3", "ear-4", "cam-1", "cam-2",
                        "mic-1", "mic-2", "mic-3", "nh3", "temp", "door", "eve", "tick")
                .flatMap(name -> name.equals("tick")
                        ? Arbitraries.just(Optional.empty())
                        : Combinators.combine(results(name), quality)
                                .as((result, q) -> Optional.of(new Reported(name, result, q))));
        return Combinators.combine(pause, age, reported)
                .as(Happening::new)
                .list()
                .ofMaxSize(300);
    }

    private static Arbitrary<? extends Result> results(String datastream) {
        return switch (datastream) {
            case "cam-1", "cam-2" -> Arbitraries.longs().between(0, 3000).map(Result.Count::new);
            case "mic-1", "mic-2", "mic-3" ->
                Arbitraries.doubles().between(30, 140).map(Result.Quantity::new);
            case "ear-1", "ear-2", "ear-3", "ear-4" ->
                Combinators.combine(
                                Arbitraries.of(SoundClass.values()),
                                Arbitraries.doubles().between(0, 1),
                                Arbitraries.of(0.0, 0.002, 0.01, 5.0),
                                Arbitraries.of(-30.0, 60.0, 95.0, 130.0),
                                Arbitraries.of(true, false))
                        .as(DetectorBankProperties::soundEvent);
            case "nh3" ->
                Arbitraries.of(0.0, 5.0, 29.0, 31.0, 250.0, 3000.0, 1e300, -1e300)
                        .map(Result.Quantity::new);
            case "temp" -> Arbitraries.of(-273.0, 0.0, 20.0, 20.04, 31.0, 99.0).map(Result.Quantity::new);
            case "door" ->
                Combinators.combine(
                                Arbitraries.of(
                                        "door.forced", "door.held", "door.opened", "access.granted", "access.refused"),
                                Arbitraries.of("", "gate", "other"),
                                Arbitraries.of("", "1", "2"))
                        .as((type, door, credential) ->
                                new Result.EventRecord(type, Map.of("door", door, "credential", credential)));
            default ->
                Combinators.combine(
                                Arbitraries.of("suricata.alert", "suricata.alert", "suricata.flow"),
                                Arbitraries.of("10.1.2.3", "10.9.9.9", "198.51.100.1", "nonsense", ""),
                                Arbitraries.of("", "1", "2", "3", "x", "-1", "99999999999"))
                        .as((type, address, severity) -> new Result.EventRecord(
                                type, Map.of("src_ip", "203.0.113.1", "dest_ip", address, "alert.severity", severity)));
        };
    }

    private static Result soundEvent(
            SoundClass soundClass, double probability, double sigma_s, double level_dB, boolean calibrated) {
        Map<SoundClass, Double> probabilities = new EnumMap<>(SoundClass.class);
        probabilities.put(SoundClass.AMBIENT, 1 - probability);
        probabilities.merge(soundClass, probability, Double::sum);
        Map<SoundClass, Double> priors = new EnumMap<>(SoundClass.class);
        for (SoundClass each : SoundClass.values()) {
            priors.put(each, 1.0 / SoundClass.values().length);
        }
        return new SoundEvent(sigma_s, 0.1, level_dB, level_dB, 20, calibrated, probabilities, priors, "test")
                .toResult();
    }

    private static List<Signal> signals(List<Happening> happenings) {
        List<Signal> signals = new ArrayList<>();
        Instant now = Script.EPOCH;
        long number = 0;
        for (Happening happening : happenings) {
            now = now.plusMillis(happening.pause_ms);
            Instant knownAt = now;
            long id = number++;
            signals.add(happening
                    .reported
                    .<Signal>map(reported -> new Signal.Reading(
                            knownAt,
                            new Observation(
                                    new ObservationId(id),
                                    new DatastreamId(reported.datastream),
                                    knownAt.minusMillis(happening.age_ms),
                                    reported.result,
                                    reported.quality,
                                    Optional.empty())))
                    .orElseGet(() -> new Signal.Tick(knownAt)));
        }
        return signals;
    }

    private static List<Detection> play(DetectorBank bank, List<Signal> signals) {
        List<Detection> detections = new ArrayList<>();
        signals.forEach(signal -> detections.addAll(bank.on(signal)));
        return detections;
    }

    @Property(tries = 100)
    void theSameSignalsGiveTheSameDetections(@ForAll("happenings") List<Happening> happenings) {
        List<Signal> signals = signals(happenings);
        DetectorBank bank = DetectorBank.of(SITE);
        DetectorBank again = DetectorBank.of(SITE);
        assertThat(play(again, signals)).isEqualTo(play(bank, signals));
        assertThat(again.states()).isEqualTo(bank.states());
    }

    @Property(tries = 100)
    void everyWeightIsFiniteWithinItsBoundAndNothingAtTheEnd(@ForAll("happenings") List<Happening> happenings) {
        for (Detection detection : play(DetectorBank.of(SITE), signals(happenings))) {
            assertThat(detection.logLikelihoodRatio()).isBetween(0.0, LikelihoodRatio.BOUND);
            assertThat(detection.measures().values()).allMatch(Double::isFinite);
            if (detection.phase() == Phase.END) {
                assertThat(detection.logLikelihoodRatio()).isZero();
            }
        }
    }

    @Property(tries = 100)
    void idsAreUniqueAndPhasesOfAConditionTakeTurns(@ForAll("happenings") List<Happening> happenings) {
        List<Detection> detections = play(DetectorBank.of(SITE), signals(happenings));
        assertThat(detections).extracting(Detection::id).doesNotHaveDuplicates();
        Map<String, Boolean> open = new TreeMap<>();
        for (Detection detection : detections) {
            String condition = detection.type() + "/" + detection.subject();
            boolean before = open.getOrDefault(condition, false);
            switch (detection.phase()) {
                case BEGIN -> assertThat(before).as(condition).isFalse();
                case UPDATE, END -> assertThat(before).as(condition).isTrue();
                case MOMENT -> assertThat(before).isFalse();
            }
            open.put(condition, detection.phase() == Phase.BEGIN || detection.phase() == Phase.UPDATE);
        }
    }

    @Property(tries = 60)
    void aBankRestoredInTheMiddleFromJsonGoesOnTheSame(
            @ForAll("happenings") List<Happening> happenings, @ForAll @IntRange(max = 300) int middle)
            throws JsonProcessingException {
        List<Signal> signals = signals(happenings);
        int cut = Math.min(middle, signals.size());
        DetectorBank bank = DetectorBank.of(SITE);
        play(bank, signals.subList(0, cut));

        DetectorBank restored = DetectorBank.of(SITE);
        SortedMap<String, Record> read = new TreeMap<>();
        for (Map.Entry<String, Class<? extends Record>> type : bank.stateTypes().entrySet()) {
            String json = JSON.writeValueAsString(bank.states().get(type.getKey()));
            read.put(type.getKey(), JSON.readValue(json, type.getValue()));
        }
        assertThat(read).isEqualTo(bank.states());
        restored.restore(read);

        List<Signal> rest = signals.subList(cut, signals.size());
        assertThat(play(restored, rest)).isEqualTo(play(bank, rest));
        assertThat(restored.states()).isEqualTo(bank.states());
    }

    @Property(tries = 60)
    void theOrderOfUnrelatedDatastreamsAtOneInstantDoesNotMatter(@ForAll("happenings") List<Happening> happenings) {
        // Two microphones and a gas sensor have no detector in common but those of the whole site; all that arrives at
        // one
        // instant is played forwards and backwards.
        List<List<Happening>> batches = new ArrayList<>();
        for (Happening happening : happenings) {
            if (happening
                    .reported
                    .filter(r -> List.of("mic-1", "mic-2", "nh3").contains(r.datastream))
                    .isPresent()) {
                batches.add(List.of(happening));
            }
        }
        DetectorBank forwards = DetectorBank.of(SITE);
        DetectorBank backwards = DetectorBank.of(SITE);
        Instant now = Script.EPOCH;
        List<Detection> one = new ArrayList<>();
        List<Detection> other = new ArrayList<>();
        for (int i = 0; i + 2 < batches.size(); i += 3) {
            now = now.plus(Duration.ofSeconds(1));
            Map<String, Signal> byDatastream = new TreeMap<>();
            for (List<Happening> batch : batches.subList(i, i + 3)) {
                Reported reported = batch.getFirst().reported.orElseThrow();
                byDatastream.putIfAbsent(
                        reported.datastream,
                        new Signal.Reading(
                                now,
                                new Observation(
                                        new ObservationId(i),
                                        new DatastreamId(reported.datastream),
                                        now,
                                        reported.result,
                                        reported.quality,
                                        Optional.empty())));
            }
            List<Signal> batch = new ArrayList<>(byDatastream.values());
            one.addAll(play(forwards, batch));
            other.addAll(play(backwards, batch.reversed()));
        }
        assertThat(other).containsExactlyInAnyOrderElementsOf(one);
        assertThat(backwards.states()).isEqualTo(forwards.states());
    }

    @Property(tries = 60)
    void aTickBeforeItIsDueChangesNothing(@ForAll("happenings") List<Happening> happenings) {
        // Every detector is asked itself here, past the bank's short cut.
        DetectorBank bank = DetectorBank.of(SITE);
        List<Signal> signals = signals(happenings);
        play(bank, signals);
        Instant now = signals.isEmpty() ? Script.EPOCH : signals.getLast().knownAt();
        for (TimeDriven<?> detector : bank.listTimeDriven()) {
            assertQuietBeforeDue(detector, bank.states().get(detector.name() + '/' + detector.subject()), now);
        }
    }

    private static <S extends Record> void assertQuietBeforeDue(TimeDriven<S> detector, Record stored, Instant now) {
        S state = detector.stateType().cast(stored);
        Instant due = detector.dueAt(state);
        if (due.isAfter(now)) {
            assertThat(detector.on(state, new Signal.Tick(now)).state()).isSameAs(state);
        }
    }
}
