// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.polias.edge.decode.DataArrayDecoder;
import org.polias.edge.decode.Decoded;
import org.polias.edge.decode.Decoding;
import org.polias.edge.decode.EveDecoder;
import org.polias.edge.decode.EventDecoder;
import org.polias.edge.decode.EventMapping;
import org.polias.edge.decode.Excerpt;
import org.polias.edge.decode.ObservationDecoder;
import org.polias.edge.decode.Reading;
import org.polias.edge.sound.Ears;
import org.polias.model.admission.Quarantined;
import org.polias.model.admission.Reason;
import org.polias.model.port.EventLog;
import org.polias.model.port.Registry;
import org.polias.model.port.Registry.Device;
import org.polias.model.port.Registry.RegisteredDatastream;
import org.polias.perceive.acoustics.Classifiers;

/** What every way in does with a payload: decode it, rule on it, and make of it a delivery to the log. Thread-safe. */
public final class Intake {

    private final Registry registry;
    private final EventLog log;
    private final InstantSource clock;
    private final IntakeLimits limits;
    private final AdmissionCounters counters;
    private final Ears ears;
    private final Gate gate;
    private final ObservationDecoder observations;
    private final DataArrayDecoder dataArrays;
    private final EveDecoder eve;
    private final EventDecoder events;

    /** An intake whose ears have the classifier that comes with Polias. */
    public Intake(
            Registry registry, EventLog log, InstantSource clock, IntakeLimits limits, AdmissionCounters counters) {
        this(registry, log, clock, limits, counters, new Ears(Classifiers::shipped));
    }

    /** @param ears listen to sound; who made them closes them */
    public Intake(
            Registry registry,
            EventLog log,
            InstantSource clock,
            IntakeLimits limits,
            AdmissionCounters counters,
            Ears ears) {
        this.registry = registry;
        this.log = log;
        this.clock = clock;
        this.limits = limits;
        this.counters = counters;
        this.ears = ears;
        this.gate = new Gate(registry, limits);
        this.observations = new ObservationDecoder(limits.decode());
        this.dataArrays = new DataArrayDecoder(limits.decode());
        this.eve = new EveDecoder(limits.decode());
        this.events = new EventDecoder(limits.decode());
    }

    /** The limits that it keeps. */
    public IntakeLimits limits() {
        return limits;
    }

    /** The counters that it counts in. */
    public AdmissionCounters counters() {
        return counters;
    }

    /** The registry that it asks. */
    public Registry registry() {
        return registry;
    }

    /** The log that it delivers to. */
    public EventLog log() {
        return log;
    }

    /**
     * Receives a payload: the first {@code length} bytes of {@code bytes}, which the caller may use again afterwards. Nothing is
     * offered to the log yet.
     */
    public Delivery receive(Device device, Target target, byte[] bytes, int length, Delivery.Listener listener) {
        Gate.Arrival arrival = Gate.Arrival.now(clock.instant());
        return deliver(device, target, bytes, length, arrival, true, listener);
    }

    /**
     * Receives what was heard in a stream of sound.
     *
     * @param target says where the sound came from
     */
    public Delivery receiveHeard(Device device, Target target, List<Reading> heard, Delivery.Listener listener) {
        Gate.Arrival arrival = Gate.Arrival.now(clock.instant());
        return rule(device, target, new byte[0], 0, Ears.decoding(heard), arrival, true, listener);
    }

    /** Receives a payload again that came out of the quarantine; what is still wrong with it does not go back there. */
    Delivery receiveAgain(Device device, Target target, Quarantined quarantined, Delivery.Listener listener) {
        byte[] bytes = quarantined.payload();
        Gate.Arrival arrival =
                new Gate.Arrival(clock.instant(), quarantined.receivedAt(), Optional.of(quarantined.id()));
        return deliver(device, target, bytes, bytes.length, arrival, false, listener);
    }

    /**
     * Refuses a payload that could not even be received.
     *
     * @param start the first bytes of it, as many as there are
     */
    public Delivery refuse(
            Device device, Target target, Reason reason, String detail, byte[] start, Delivery.Listener listener) {
        Gate.Arrival arrival = Gate.Arrival.now(clock.instant());
        Quarantined kept = new Quarantining(device, target, arrival.at(), limits.quarantine_bytes())
                .keep(reason, detail, start, 0, start.length);
        Quarantined incomplete = new Quarantined(
                kept.id(),
                kept.tenant(),
                kept.device(),
                kept.receivedAt(),
                kept.way(),
                kept.address(),
                kept.reason(),
                kept.detail(),
                kept.payload(),
                true);
        return new Delivery(
                log,
                counters,
                listener,
                List.of(),
                List.of(incomplete),
                List.of(new Rejection(0, reason, detail)),
                1,
                start.length,
                0);
    }

    private Delivery deliver(
            Device device,
            Target target,
            byte[] bytes,
            int length,
            Gate.Arrival arrival,
            boolean keepRefused,
            Delivery.Listener listener) {
        Decoding decoding = decode(device, target, bytes, length);
        return rule(device, target, bytes, kept(target, length), decoding, arrival, keepRefused, listener);
    }

    /** How much of a payload may be kept where it is refused. */
    private static int kept(Target target, int length) {
        return target.isSound() ? Ears.keepable(length) : length;
    }

    private Delivery rule(
            Device device,
            Target target,
            byte[] bytes,
            int length,
            Decoding decoding,
            Gate.Arrival arrival,
            boolean keepRefused,
            Delivery.Listener listener) {
        // What is heard names its datastreams itself: a microphone has one for events and one for levels.
        Optional<String> addressed =
                target.isSound() ? Optional.empty() : target.route().flatMap(Route::datastream);
        List<Ruling.Pass> passes = new ArrayList<>(decoding.items().size());
        List<Rejection> rejections = new ArrayList<>(0);
        int known = 0;
        for (int i = 0; i < decoding.items().size(); i++) {
            switch (decoding.items().get(i)) {
                case Decoded.Refusal refusal -> rejections.add(new Rejection(i, refusal.reason(), refusal.detail()));
                case Reading reading -> {
                    switch (gate.rule(device, addressed, reading, arrival)) {
                        case Ruling.Pass pass -> passes.add(pass);
                        case Ruling.Known _ -> known++;
                        case Ruling.Refused refused ->
                            rejections.add(new Rejection(
                                    i,
                                    refused.admission().reason(),
                                    refused.admission().detail()));
                    }
                }
            }
        }
        List<Quarantined> quarantined = rejections.isEmpty() || !keepRefused
                ? List.of()
                : new Quarantining(device, target, arrival.at(), limits.quarantine_bytes())
                        .pack(bytes, length, decoding, rejections);
        return new Delivery(
                log,
                counters,
                listener,
                passes,
                quarantined,
                rejections,
                decoding.items().size(),
                length,
                known);
    }

    private Decoding decode(Device device, Target target, byte[] bytes, int length) {
        if (target.route().isEmpty()) {
            return Decoding.refused(
                    Reason.UNKNOWN_TOPIC,
                    "Nothing is taken at %s.%nMaybe it should be v1.1/Datastreams(<id>)/Observations."
                            .formatted(Excerpt.quoted(target.address())),
                    length);
        }
        Route route = target.route().get();
        int longest = longest(target.way());
        if (length > longest) {
            return Decoding.refused(
                    Reason.OVERSIZED,
                    "The payload is %d bytes long; %d can be.%nMaybe send it in parts.".formatted(length, longest),
                    length);
        }
        if (route.datastream().isPresent()) {
            Optional<Ruling.Refused> objection =
                    gate.findObjection(device, route.datastream().get());
            if (objection.isPresent()) {
                return Decoding.refused(
                        objection.get().admission().reason(),
                        objection.get().admission().detail(),
                        length);
            }
        }
        return switch (route.form()) {
            case OBSERVATIONS -> observations.decode(bytes, length);
            case DATA_ARRAYS -> dataArrays.decode(bytes, length);
            case EVE -> eve.decode(bytes, length);
            case EVENTS -> events.decode(bytes, length, mapping(device, route));
            case AUDIO -> hear(device, route, bytes, length);
        };
    }

    private Decoding hear(Device device, Route route, byte[] bytes, int length) {
        Optional<RegisteredDatastream> registered =
                route.datastream().flatMap(id -> registry.findDatastream(device.tenant(), id));
        return registered
                .map(found -> ears.hear(found, bytes, length))
                .orElseGet(() -> Decoding.refused(
                        Reason.UNKNOWN_SENSOR, "The datastream was removed at this moment.", Ears.keepable(length)));
    }

    private EventMapping mapping(Device device, Route route) {
        Map<String, String> mapping = route.datastream()
                .flatMap(id -> registry.findDatastream(device.tenant(), id))
                .map(found -> found.datastream().mapping())
                .orElse(Map.of());
        return mapping.isEmpty() ? EventMapping.OWN : EventMapping.of(mapping);
    }

    private int longest(Way way) {
        return switch (way) {
            case MQTT -> limits.payload_bytes();
            case HTTP -> limits.body_bytes();
            case FILE, STREAM -> Integer.MAX_VALUE;
        };
    }
}
