// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.polias.edge.decode.Excerpt;
import org.polias.edge.decode.RawResult;
import org.polias.edge.decode.Reading;
import org.polias.model.admission.Admission;
import org.polias.model.admission.Reason;
import org.polias.model.city.Datastream;
import org.polias.model.city.ResultKind;
import org.polias.model.event.SiteEvent;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.StableHash;
import org.polias.model.id.TenantId;
import org.polias.model.observation.Observation;
import org.polias.model.observation.ObservationId;
import org.polias.model.observation.Quality;
import org.polias.model.observation.Result;
import org.polias.model.port.Registry;
import org.polias.model.port.Registry.Device;
import org.polias.model.port.Registry.RegisteredDatastream;

/** Holds readings against what is registered, against time, and against what came before. Thread-safe. */
public final class Gate {

    /** No device has observed before this: its clock was never set. Archives of events may be as old as that. */
    private static final Instant EARLIEST = Instant.EPOCH;

    /** The whole numbers that a double holds exactly end here, and with them those that count things. */
    private static final double LARGEST_WHOLE = 0x1p53;

    private static final int LONGEST_CATEGORY = 256;

    /** Of so many observations more than the least of each datastream the ids are remembered: some 40 MB. */
    private static final long REMEMBERED = 4_000_000;

    private final Registry registry;
    private final IntakeLimits limits;
    private final ConcurrentHashMap<Stream, RecentIds> recent = new ConcurrentHashMap<>();
    private final AtomicLong memory = new AtomicLong(REMEMBERED);
    private final AtomicLong untimed = new AtomicLong();

    public Gate(Registry registry, IntakeLimits limits) {
        this.registry = registry;
        this.limits = limits;
    }

    private record Stream(TenantId tenant, DatastreamId datastream) {}

    /**
     * When a payload came.
     *
     * @param at the arrival
     * @param first when the payload came first; before {@code at} only where it comes back from the quarantine. It stands in for
     *     a time that the sender did not give
     * @param quarantined the id that it had in the quarantine, where it comes back from there. Observations may then be however
     *     old, because a person decided so; and one that has no identity has this one, so that it counts once however often
     *     the payload comes back
     */
    public record Arrival(Instant at, Instant first, Optional<String> quarantined) {

        /** Times are kept in microseconds. */
        public Arrival {
            at = at.truncatedTo(ChronoUnit.MICROS);
            first = first.truncatedTo(ChronoUnit.MICROS);
        }

        /** Something that comes now for the first time. */
        static Arrival now(Instant at) {
            return new Arrival(at, at, Optional.empty());
        }
    }

    /** Why {@code device} may not write {@code datastream} at all, if it may not. */
    Optional<Ruling.Refused> findObjection(Device device, String datastream) {
        Optional<RegisteredDatastream> found = registry.findDatastream(device.tenant(), datastream);
        if (found.isEmpty()) {
            return Optional.of(Ruling.Refused.of(
                    Reason.UNKNOWN_SENSOR,
                    "There is no datastream %s.%nMaybe it is not in the city's datastreams file, or is spelt differently there."
                            .formatted(Excerpt.quoted(datastream))));
        }
        if (device.site().isPresent() && !device.site().get().equals(found.get().site())) {
            return Optional.of(Ruling.Refused.of(
                    Reason.FORBIDDEN,
                    "The device '%s' may write only at site '%s'; the datastream '%s' is at '%s'."
                            .formatted(
                                    device.id(),
                                    device.site().get().site(),
                                    found.get().id(),
                                    found.get().site().site())));
        }
        return Optional.empty();
    }

    /**
     * Rules on one reading.
     *
     * @param addressed the datastream that the topic or path names, where it names one
     */
    public Ruling rule(Device device, Optional<String> addressed, Reading reading, Arrival arrival) {
        if (addressed.isPresent()
                && reading.datastream().isPresent()
                && !addressed.get().equals(reading.datastream().get())) {
            return Ruling.Refused.of(
                    Reason.MALFORMED,
                    "The observation names the datastream %s, but was sent to %s."
                            .formatted(Excerpt.quoted(reading.datastream().get()), Excerpt.quoted(addressed.get())));
        }
        Optional<String> name = addressed.isPresent() ? addressed : reading.datastream();
        if (name.isEmpty()) {
            return Ruling.Refused.of(
                    Reason.MALFORMED,
                    "The observation names no datastream.%nMaybe add \"Datastream\": {\"@iot.id\": \"...\"}, or send it to v1.1/Datastreams(<id>)/Observations."
                            .formatted());
        }
        Optional<Ruling.Refused> objection = findObjection(device, name.get());
        if (objection.isPresent()) {
            return objection.get();
        }
        Optional<RegisteredDatastream> registered = registry.findDatastream(device.tenant(), name.get());
        return registered.isEmpty()
                ? Ruling.Refused.of(Reason.UNKNOWN_SENSOR, "The datastream was removed at this moment.")
                : ruleOn(device, registered.get(), reading, arrival);
    }

    private Ruling ruleOn(Device device, RegisteredDatastream registered, Reading reading, Arrival arrival) {
        Datastream datastream = registered.datastream();
        Optional<Result> result = result(datastream.resultKind(), reading.result());
        if (result.isEmpty()) {
            return Ruling.Refused.of(
                    Reason.WRONG_RESULT,
                    "The datastream '%s' takes %s; the result is %s."
                            .formatted(
                                    datastream.id(),
                                    expected(datastream.resultKind()),
                                    reading.result().describe()));
        }
        Instant time = reading.phenomenonTime().orElse(arrival.first()).truncatedTo(ChronoUnit.MICROS);
        Optional<Ruling.Refused> untimely = findUntimeliness(datastream, time, arrival);
        if (untimely.isPresent()) {
            return untimely.get();
        }
        Observation observation = new Observation(
                identify(datastream.id(), reading, result.get(), arrival),
                datastream.id(),
                time,
                result.get(),
                reading.phenomenonTime().isEmpty() && reading.quality() == Quality.GOOD
                        ? Quality.UNCERTAIN
                        : reading.quality(),
                reading.position());
        RecentIds ids =
                recent.computeIfAbsent(new Stream(device.tenant(), datastream.id()), _ -> new RecentIds(memory));
        SiteEvent.Observed event = new SiteEvent.Observed(registered.site(), arrival.at(), device.id(), observation);
        return switch (ids.sight(observation.id().value())) {
            case NEW -> new Ruling.Pass(event, false, ids);
            case PENDING -> new Ruling.Pass(event, true, ids);
            case DURABLE -> new Ruling.Known(new Admission.Duplicate(observation));
        };
    }

    private Optional<Ruling.Refused> findUntimeliness(Datastream datastream, Instant time, Arrival arrival) {
        if (time.isAfter(arrival.at().plus(limits.maxLead()))) {
            return Optional.of(Ruling.Refused.of(
                    Reason.FUTURE_DATED,
                    "The phenomenonTime %s is after the arrival at %s by %s; %s can be.%nMaybe the device's clock is wrong."
                            .formatted(
                                    time,
                                    arrival.at(),
                                    inWords(Duration.between(arrival.at(), time)),
                                    inWords(limits.maxLead()))));
        }
        if (time.isBefore(EARLIEST)) {
            return Optional.of(Ruling.Refused.of(
                    Reason.LATE,
                    "The phenomenonTime %s is before %s.%nMaybe the device's clock is not set."
                            .formatted(time, EARLIEST)));
        }
        Optional<Duration> lateness = datastream.resultKind() == ResultKind.EVENT
                ? datastream.maxLateness()
                : Optional.of(datastream.maxLateness().orElse(limits.maxLateness()));
        if (arrival.quarantined().isEmpty()
                && lateness.isPresent()
                && time.isBefore(arrival.at().minus(lateness.get()))) {
            return Optional.of(Ruling.Refused.of(
                    Reason.LATE,
                    "The phenomenonTime %s is before the arrival at %s by %s; the datastream '%s' takes %s.%nMaybe the device's clock is wrong, or the datastream needs a longer maxLateness."
                            .formatted(
                                    time,
                                    arrival.at(),
                                    inWords(Duration.between(time, arrival.at())),
                                    datastream.id(),
                                    inWords(lateness.get()))));
        }
        return Optional.empty();
    }

    /** To the greatest unit of which there are two: nobody needs the milliseconds of a year. */
    private static String inWords(Duration duration) {
        if (duration.toDays() >= 2) {
            return duration.toDays() + " d";
        }
        if (duration.toHours() >= 2) {
            return duration.toHours() + " h";
        }
        return duration.toMinutes() >= 2 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }

    private ObservationId identify(DatastreamId datastream, Reading reading, Result result, Arrival arrival) {
        if (reading.identity().isPresent()) {
            return ObservationId.ofDeviceIdentity(datastream, reading.identity().get());
        }
        StableHash hash = new StableHash().add(datastream.value());
        if (reading.phenomenonTime().isPresent()) {
            Instant exact = reading.phenomenonTime().get();
            hash.add("at").add(exact.getEpochSecond()).add(exact.getNano());
        } else if (arrival.quarantined().isPresent()) {
            hash.add("quarantined").add(arrival.quarantined().get()).add(reading.start());
        } else {
            // Nothing tells a second sending from a second observation: each counts, even if two come in one
            // microsecond.
            Instant at = arrival.at();
            hash.add("arrival").add(at.getEpochSecond()).add(at.getNano()).add(untimed.incrementAndGet());
        }
        switch (result) {
            case Result.Quantity quantity -> hash.add(quantity.value());
            case Result.Count count -> hash.add(count.value());
            case Result.Truth truth -> hash.add(truth.value() ? 1 : 0);
            case Result.Category category -> hash.add(category.code());
            case Result.Text text -> hash.add(text.value());
            case Result.Vector vector -> {
                for (double value : vector.values()) {
                    hash.add(value);
                }
            }
            case Result.EventRecord event -> {
                hash.add(event.type());
                event.attributes().forEach((name, value) -> hash.add(name).add(value));
            }
        }
        return new ObservationId(hash.value());
    }

    private static Optional<Result> result(ResultKind kind, RawResult raw) {
        return switch (kind) {
            case QUANTITY ->
                switch (raw) {
                    case RawResult.Whole whole -> Optional.of(new Result.Quantity(whole.value()));
                    case RawResult.Real real
                    when Double.isFinite(real.value()) -> Optional.of(new Result.Quantity(real.value()));
                    case RawResult.Real _,
                            RawResult.Truth _,
                            RawResult.Words _,
                            RawResult.Numbers _,
                            RawResult.Event _,
                            RawResult.Unfit _ -> Optional.empty();
                };
            case COUNT ->
                switch (raw) {
                    case RawResult.Whole whole when whole.value() >= 0 -> Optional.of(new Result.Count(whole.value()));
                    case RawResult.Real real
                    when real.value() >= 0
                            && real.value() <= LARGEST_WHOLE
                            && real.value() == Math.rint(real.value()) ->
                        Optional.of(new Result.Count((long) real.value()));
                    case RawResult.Whole _,
                            RawResult.Real _,
                            RawResult.Truth _,
                            RawResult.Words _,
                            RawResult.Numbers _,
                            RawResult.Event _,
                            RawResult.Unfit _ -> Optional.empty();
                };
            case TRUTH ->
                raw instanceof RawResult.Truth truth ? Optional.of(new Result.Truth(truth.value())) : Optional.empty();
            case CATEGORY ->
                raw instanceof RawResult.Words words
                                && !words.value().isEmpty()
                                && words.value().length() <= LONGEST_CATEGORY
                        ? Optional.of(new Result.Category(words.value()))
                        : Optional.empty();
            case VECTOR ->
                raw instanceof RawResult.Numbers numbers
                        ? Optional.of(new Result.Vector(numbers.values()))
                        : Optional.empty();
            case EVENT ->
                raw instanceof RawResult.Event event
                        ? Optional.of(new Result.EventRecord(event.type(), event.attributes()))
                        : Optional.empty();
            case TEXT ->
                raw instanceof RawResult.Words words ? Optional.of(new Result.Text(words.value())) : Optional.empty();
        };
    }

    private static String expected(ResultKind kind) {
        return switch (kind) {
            case QUANTITY -> "a number";
            case COUNT -> "a whole number that is not negative";
            case TRUTH -> "true or false";
            case CATEGORY -> "a string of 1 to %d characters".formatted(LONGEST_CATEGORY);
            case VECTOR -> "an array of numbers";
            case EVENT -> "an object with a 'type'";
            case TEXT -> "a string";
        };
    }
}
