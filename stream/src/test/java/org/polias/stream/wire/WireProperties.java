// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.wire;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;

import org.polias.model.Sorted;
import org.polias.model.admission.Quarantined;
import org.polias.model.detection.EntityRef;
import org.polias.model.detection.Phase;
import org.polias.model.event.Health;
import org.polias.model.event.SiteEvent;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.DatastreamId;
import org.polias.model.incident.Incident;
import org.polias.model.incident.OperatorCommand;
import org.polias.model.observation.Quality;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WireProperties {

    private static final SiteEventCodec EVENTS = new SiteEventCodec();
    private static final SiteOutcomeCodec OUTCOMES = new SiteOutcomeCodec();
    private static final QuarantinedCodec QUARANTINE = new QuarantinedCodec();

    @Provide
    Arbitrary<SiteEvent> events() {
        return Arbitraries.randomValue(random -> new RandomValues(random).of(SiteEvent.class));
    }

    @Provide
    Arbitrary<SiteEvent.Observed> observations() {
        return Arbitraries.randomValue(random -> new RandomValues(random).of(SiteEvent.Observed.class));
    }

    @Provide
    Arbitrary<SiteOutcome> outcomes() {
        return Arbitraries.randomValue(random -> new RandomValues(random).of(SiteOutcome.class));
    }

    @Provide
    Arbitrary<Quarantined> quarantined() {
        return Arbitraries.randomValue(random -> new RandomValues(random).of(Quarantined.class));
    }

    @Property(tries = 2000)
    void everySiteEventIsReadAsItWasWritten(@ForAll("events") SiteEvent event) {
        byte[] bytes = EVENTS.encode(event);
        SiteEvent read = EVENTS.decode(bytes);
        assertThat(read).isEqualTo(event);
        assertThat(EVENTS.encode(read)).isEqualTo(bytes);
    }

    @Property(tries = 2000)
    void everySiteOutcomeIsReadAsItWasWritten(@ForAll("outcomes") SiteOutcome outcome) {
        byte[] bytes = OUTCOMES.encode(outcome);
        SiteOutcome read = OUTCOMES.decode(bytes);
        assertThat(read).isEqualTo(outcome);
        assertThat(OUTCOMES.encode(read)).isEqualTo(bytes);
    }

    @Property(tries = 300)
    void everyQuarantinedPayloadIsReadAsItWasWritten(@ForAll("quarantined") Quarantined payload) {
        byte[] bytes = QUARANTINE.encode(payload);
        assertThat(QUARANTINE.decode(bytes)).isEqualTo(payload);
        assertThat(QUARANTINE.encode(payload)).isEqualTo(bytes);
    }

    @Property(tries = 300)
    void everyCommandAndIncidentIsReadAsItWasWritten(@ForAll long seed) {
        RandomValues values = new RandomValues(new Random(seed));
        Incident incident = values.of(Incident.class);
        assertThat(Documents.read(Incident.class, Documents.write(Incident.class, incident)))
                .isEqualTo(incident);
        OperatorCommand command = values.of(OperatorCommand.class);
        assertThat(Documents.read(OperatorCommand.class, Documents.write(OperatorCommand.class, command)))
                .isEqualTo(command);
    }

    @Property(tries = 1000)
    void aRecordThatIsCutOffIsCorruptAndNeverAnotherRecord(
            @ForAll("observations") SiteEvent.Observed event, @ForAll Random random) {
        byte[] bytes = EVENTS.encode(event);
        byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        assertThatThrownBy(() -> EVENTS.decode(cut)).isInstanceOf(CorruptRecordException.class);
    }

    @Property(tries = 2000)
    void damagedBytesAreCorruptOrAnotherValueButNeverAnyOtherError(
            @ForAll("events") SiteEvent event, @ForAll Random random) {
        byte[] bytes = EVENTS.encode(event);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        try {
            EVENTS.decode(bytes);
        } catch (CorruptRecordException e) {
            assertThat(e).message().isNotBlank();
        }
    }

    @Property(tries = 500)
    void numbersAreReadAsTheyWereWritten(@ForAll long number, @ForAll double real, @ForAll Instant instant) {
        WireWriter out = new WireWriter(1)
                .unsigned(number)
                .signed(number)
                .fixed(number)
                .number(real)
                .instant(instant);
        WireReader in = new WireReader(out.toBytes());
        assertThat(in.unsigned()).isEqualTo(number);
        assertThat(in.signed()).isEqualTo(number);
        assertThat(in.fixed()).isEqualTo(number);
        assertThat(in.number()).isEqualTo(real);
        assertThat(in.instant()).isEqualTo(instant);
        in.end();
    }

    /** A state as engines have it: maps by ids and by records, sets, arrays, nested optionals. */
    record State(
            SortedMap<DatastreamId, Instant> lastHeard,
            Map<EntityRef, List<Double>> weights,
            double[] ring,
            long[] ids,
            Optional<Phase> phase,
            List<SiteEvent> pending) {}

    @Example
    void statesWithRecordsAsKeysAreReadAsTheyWereWritten() {
        State state = new State(
                Sorted.copyOf(Map.of(new DatastreamId("a"), Instant.EPOCH)),
                Map.of(new EntityRef("ip", "10.0.0.1"), List.of(1.5, Double.NEGATIVE_INFINITY)),
                new double[] {Double.POSITIVE_INFINITY, 1},
                new long[] {Long.MIN_VALUE},
                Optional.of(Phase.BEGIN),
                List.of(new RandomValues(new Random(1)).of(SiteEvent.Observed.class)));
        State read = Documents.read(State.class, Documents.write(State.class, state));
        assertThat(read).usingRecursiveComparison().isEqualTo(state);
    }

    @Example
    void anUnknownVersionIsNamed() {
        assertThatThrownBy(() -> EVENTS.decode(new byte[] {9, 1, 2, 3}))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("version 9")
                .hasMessageContaining("\nMaybe");
    }

    /** These are written by position. Whoever adds a constant adds it at the end. */
    @Example
    void constantsThatAreWrittenByPositionKeepIt() {
        assertThat(Quality.values()).startsWith(Quality.GOOD, Quality.UNCERTAIN, Quality.BAD);
        assertThat(Phase.values()).startsWith(Phase.MOMENT, Phase.BEGIN, Phase.UPDATE, Phase.END);
        assertThat(Health.values())
                .startsWith(Health.UNHEARD, Health.OK, Health.SILENT, Health.STUCK, Health.IMPLAUSIBLE);
    }
}
