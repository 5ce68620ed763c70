// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.fold;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.polias.detect.DetectorBank;
import org.polias.detect.Signal;
import org.polias.fuse.Fusion;
import org.polias.fuse.FusionInput;
import org.polias.model.admission.Reason;
import org.polias.model.city.Datastream;
import org.polias.model.city.ObservedProperty;
import org.polias.model.city.SiteDefinition;
import org.polias.model.detection.Detection;
import org.polias.model.event.Health;
import org.polias.model.event.SiteEvent;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.ZoneId;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.observation.Observation;
import org.polias.model.observation.Quality;
import org.polias.model.observation.Result;
import org.polias.model.response.Playbook;
import org.polias.respond.Advice;
import org.polias.stream.wire.CorruptRecordException;
import org.polias.stream.wire.Documents;
import org.polias.stream.wire.WireReader;
import org.polias.stream.wire.WireWriter;

/**
 * The fold of one site: takes each record of the site's log through detectors, fusion and response, and gives out what came of
 * it. What comes out depends on the records and their order alone. For one thread at a time.
 *
 * <p>The time at which something is known never steps back: where a record arrived earlier than one before it, it counts as known
 * when that one was. Each observation has its effect once ({@link RecentObservations}).
 *
 * <p>The outcomes of a record come in this order: what was discarded; what detectors claim; how the health of datastreams changed;
 * what fusion made of the changes of health, then of the claims, then of the record itself; each followed by the advice it calls
 * for.
 */
public final class SiteFold {

    private static final int SNAPSHOT_VERSION = 2;
    /** It knew one time before which nobody could tell what was seen, where now there are {@link TimeSpans}. */
    static final int OLDEST_VERSION = 1;

    private final SiteKey site;
    private final FusionHolder<?> fusion;
    private final Faults faults;
    private final Map<DatastreamId, Channel> channels = new HashMap<>();
    /** The encoded states of detectors, by key: only those that ever changed. */
    private final SortedMap<String, byte[]> encodedDetectors = new TreeMap<>();

    /** In which zones datastreams count people. */
    private final Map<DatastreamId, ZoneId> countedZones = new HashMap<>();

    private @Nullable DetectorBank detectors;
    private byte @Nullable [] encodedDefinition;
    private Instant clock = Instant.EPOCH;

    private SiteFold(SiteKey site, FusionHolder<?> fusion, Faults faults) {
        this.site = site;
        this.fusion = fusion;
        this.faults = faults;
    }

    /** The fold of a site of which nothing is known. */
    public static SiteFold begin(SiteKey site, Fusion<?> fusion, Faults faults) {
        return new SiteFold(site, FusionHolder.begin(fusion), faults);
    }

    /**
     * The fold as it was when {@link #snapshot()} was taken.
     *
     * @param problems told, a sentence each, of detectors whose state cannot be read (another release may have written it): they
     *     begin anew
     * @throws CorruptRecordException if the snapshot cannot be read
     */
    public static SiteFold restore(
            SiteKey site, Fusion<?> fusion, Faults faults, byte[] snapshot, Consumer<String> problems) {
        try {
            return read(site, fusion, faults, new WireReader(snapshot), problems);
        } catch (CorruptRecordException e) {
            throw new CorruptRecordException(
                    "The stored state of site %s (%d bytes) cannot be read: %s%nMaybe another release wrote it; replay the recorded log into a new data directory."
                            .formatted(site, snapshot.length, e.getMessage()),
                    e);
        }
    }

    public SiteKey site() {
        return site;
    }

    /** The time until which it has come. */
    public Instant clock() {
        return clock;
    }

    /** The site's definition, once it is configured. */
    public Optional<SiteDefinition> findDefinition() {
        return Optional.ofNullable(detectors).map(DetectorBank::definition);
    }

    /** The incidents that are live. */
    public List<Incident> listLiveIncidents() {
        return fusion.listLiveIncidents();
    }

    /**
     * Takes the next record of the site's log.
     *
     * @throws IllegalArgumentException if it is another site's
     */
    public List<SiteOutcome> on(SiteEvent event) {
        if (!event.site().equals(site)) {
            throw new IllegalArgumentException(
                    "The fold of %s was given an event of %s.".formatted(site, event.site()));
        }
        if (event.receivedAt().isAfter(clock)) {
            clock = event.receivedAt();
        }
        Outcomes outcomes = new Outcomes(event);
        switch (event) {
            case SiteEvent.Observed observed -> observed(observed.observation(), outcomes);
            case SiteEvent.Ticked ignored -> {
                if (detectors != null) {
                    detected(detectors, new Signal.Tick(clock), outcomes);
                }
                fuse(new FusionInput.Ticked(clock), outcomes);
            }
            case SiteEvent.Configured configured -> configure(configured.definition(), outcomes);
            case SiteEvent.Commanded commanded -> fuse(new FusionInput.Commanded(clock, commanded.command()), outcomes);
            case SiteEvent.ExerciseBegan began ->
                fuse(new FusionInput.ExerciseBegan(clock, began.exercise()), outcomes);
            case SiteEvent.ExerciseEnded ignored -> fuse(new FusionInput.ExerciseEnded(clock), outcomes);
        }
        return outcomes.list();
    }

    /** Everything it knows, from which {@link #restore} makes it again. Parts that have not changed are not encoded again. */
    public byte[] snapshot() {
        WireWriter out = new WireWriter(64 << 10).octet(SNAPSHOT_VERSION).instant(clock);
        out.bytes(fusion.encoded());
        out.truth(detectors != null);
        if (detectors != null) {
            writeConfigured(detectors, out);
        }
        return out.toBytes();
    }

    private void writeConfigured(DetectorBank bank, WireWriter out) {
        if (encodedDefinition == null) {
            encodedDefinition = Documents.write(SiteDefinition.class, bank.definition());
        }
        out.bytes(encodedDefinition);
        out.unsigned(channels.size());
        for (Datastream datastream : bank.definition().datastreams()) {
            out.raw(channels.get(datastream.id()).encoded());
        }
        bank.takeChanges().forEach((key, state) -> encodedDetectors.put(key, encode(state)));
        out.unsigned(encodedDetectors.size());
        encodedDetectors.forEach((key, state) -> out.text(key).bytes(state));
    }

    private static <S extends Record> byte[] encode(S state) {
        @SuppressWarnings("unchecked")
        Class<S> type = (Class<S>) state.getClass();
        return Documents.write(type, state);
    }

    private static SiteFold read(
            SiteKey site, Fusion<?> fusion, Faults faults, WireReader in, Consumer<String> problems) {
        int version = in.octet();
        if (version < OLDEST_VERSION || version > SNAPSHOT_VERSION) {
            throw new CorruptRecordException("It has version %d, but this release reads versions %d to %d."
                    .formatted(version, OLDEST_VERSION, SNAPSHOT_VERSION));
        }
        Instant clock = in.instant();
        SiteFold fold = new SiteFold(site, FusionHolder.restore(fusion, in.bytes()), faults);
        fold.clock = clock;
        if (in.truth()) {
            fold.readConfigured(in, version, problems);
        }
        in.end();
        return fold;
    }

    private void readConfigured(WireReader in, int version, Consumer<String> problems) {
        byte[] encoded = in.bytes();
        SiteDefinition definition = Documents.read(SiteDefinition.class, encoded);
        encodedDefinition = encoded;
        for (int left = in.size(1); left > 0; left--) {
            Channel channel = Channel.read(in, version);
            channels.put(channel.datastream(), channel);
        }
        definition.datastreams().forEach(datastream -> channels.putIfAbsent(datastream.id(), new Channel(datastream)));
        DetectorBank bank = DetectorBank.of(definition);
        SortedMap<String, Class<? extends Record>> types = bank.stateTypes();
        SortedMap<String, Record> states = new TreeMap<>();
        for (int left = in.size(2); left > 0; left--) {
            String key = in.text();
            byte[] state = in.bytes();
            Class<? extends Record> type = types.get(key);
            if (type == null) {
                problems.accept(
                        "The site %s has no detector %s any more; its state is left aside.".formatted(site, key));
                continue;
            }
            try {
                states.put(key, Documents.read(type, state));
                encodedDetectors.put(key, state);
            } catch (CorruptRecordException e) {
                problems.accept("The detector %s of site %s begins anew, because its stored state cannot be read: %s"
                        .formatted(key, site, e.getMessage()));
            }
        }
        bank.restore(states);
        watch(bank);
    }

    private void configure(SiteDefinition definition, Outcomes outcomes) {
        if (detectors != null && detectors.definition().revision().equals(definition.revision())) {
            return;
        }
        DetectorBank bank;
        try {
            if (!definition.key().equals(site)) {
                throw new IllegalArgumentException(
                        "The fold of %s was given the definition of %s.".formatted(site, definition.key()));
            }
            bank = detectors == null ? DetectorBank.of(definition) : detectors.reconfigured(definition);
        } catch (RuntimeException e) {
            outcomes.failed("configuration", e);
            return;
        }
        Map<DatastreamId, Channel> before = new HashMap<>(channels);
        channels.clear();
        for (Datastream datastream : definition.datastreams()) {
            Channel known = before.get(datastream.id());
            channels.put(datastream.id(), known == null ? new Channel(datastream) : known);
        }
        encodedDetectors.keySet().retainAll(bank.stateTypes().keySet());
        encodedDefinition = null;
        watch(bank);
        fuse(new FusionInput.Configured(clock, definition), outcomes);
    }

    private void observed(Observation observation, Outcomes outcomes) {
        Channel channel = channels.get(observation.datastream());
        if (channel == null || detectors == null) {
            outcomes.discarded(observation, Reason.UNKNOWN_SENSOR);
            return;
        }
        Health before = channel.health();
        switch (channel.hear(observation, clock)) {
            case SEEN -> outcomes.discarded(observation, Reason.DUPLICATE);
            case BEYOND_MEMORY -> outcomes.discarded(observation, Reason.LATE);
            case NEW -> {
                if (channel.health() != before) {
                    healthChanged(channel, clock, "", outcomes);
                }
                counted(observation, outcomes);
                detected(detectors, new Signal.Reading(clock, observation), outcomes);
            }
        }
    }

    private void watch(DetectorBank bank) {
        detectors = bank;
        countedZones.clear();
        for (Datastream datastream : bank.definition().datastreams()) {
            if (datastream.property().equals(ObservedProperty.PERSON_COUNT)) {
                datastream.zone().ifPresent(zone -> countedZones.put(datastream.id(), zone));
            }
        }
    }

    private void counted(Observation observation, Outcomes outcomes) {
        ZoneId zone = countedZones.get(observation.datastream());
        if (zone != null
                && observation.quality() != Quality.BAD
                && observation.result() instanceof Result.Count(long people)) {
            fuse(new FusionInput.Counted(clock, observation.datastream(), zone, people), outcomes);
        }
    }

    private void detected(DetectorBank bank, Signal signal, Outcomes outcomes) {
        List<Detection> claims;
        try {
            claims = bank.on(signal);
        } catch (RuntimeException e) {
            outcomes.failed("detection", e);
            return;
        }
        for (Detection claim : claims) {
            outcomes.add(new SiteOutcome.Detected(site, claim));
        }
        for (Detection claim : claims) {
            if (Channel.isAboutHealth(claim.type())) {
                learnHealth(claim, outcomes);
            }
        }
        for (Detection claim : claims) {
            fuse(new FusionInput.Claimed(clock, claim), outcomes);
        }
    }

    private void learnHealth(Detection claim, Outcomes outcomes) {
        Channel channel = channels.get(new DatastreamId(claim.subject()));
        if (channel == null) {
            return;
        }
        Health before = channel.health();
        channel.learn(claim);
        if (channel.health() != before) {
            healthChanged(channel, claim.time(), channel.health() == Health.OK ? "" : claim.summary(), outcomes);
        }
    }

    private void healthChanged(Channel channel, Instant since, String detail, Outcomes outcomes) {
        outcomes.add(new SiteOutcome.HealthChanged(site, channel.datastream(), channel.health(), since, detail));
        fuse(
                new FusionInput.HealthChanged(clock, channel.datastream(), channel.health(), channel.findLastHeard()),
                outcomes);
    }

    /** Lets fusion take a step; what it changes may call for advice, which fusion then takes down in the incident. */
    private void fuse(FusionInput input, Outcomes outcomes) {
        List<SiteOutcome> made = step(input, outcomes);
        if (made.isEmpty()) {
            return;
        }
        LinkedHashSet<IncidentId> changed = new LinkedHashSet<>();
        for (SiteOutcome outcome : made) {
            outcomes.add(outcome);
            if (outcome instanceof SiteOutcome.IncidentChanged(SiteKey ignored, IncidentEvent event)) {
                changed.add(event.incident());
            }
        }
        if (detectors == null) {
            return;
        }
        List<Playbook> playbooks = detectors.definition().playbooks();
        for (IncidentId id : changed) {
            Optional<Incident> incident = fusion.findIncident(id);
            if (incident.isPresent()) {
                for (Playbook playbook : Advice.newlyCalledFor(incident.get(), playbooks)) {
                    step(new FusionInput.PlaybookFound(clock, id, playbook), outcomes)
                            .forEach(outcomes::add);
                }
            }
        }
    }

    private List<SiteOutcome> step(FusionInput input, Outcomes outcomes) {
        try {
            return fusion.on(input);
        } catch (RuntimeException e) {
            outcomes.failed("fusion", e);
            return List.of();
        }
    }

    /** What comes out of one record; most records leave it empty. */
    private final class Outcomes {

        private final SiteEvent event;
        private @Nullable List<SiteOutcome> outcomes;

        Outcomes(SiteEvent event) {
            this.event = event;
        }

        void failed(String part, RuntimeException failure) {
            faults.failed(event, part, failure);
        }

        void add(SiteOutcome outcome) {
            if (outcomes == null) {
                outcomes = new ArrayList<>();
            }
            outcomes.add(outcome);
        }

        void discarded(Observation observation, Reason reason) {
            add(new SiteOutcome.Discarded(site, observation.datastream(), observation.id(), reason, clock));
        }

        List<SiteOutcome> list() {
            return outcomes == null ? List.of() : outcomes;
        }
    }
}
