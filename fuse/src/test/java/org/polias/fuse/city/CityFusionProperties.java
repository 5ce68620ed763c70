// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import org.polias.model.campaign.Campaign;
import org.polias.model.campaign.CampaignEvent;
import org.polias.model.campaign.CampaignEvidence;
import org.polias.model.campaign.CampaignMember;
import org.polias.model.event.Step;
import org.polias.model.id.IncidentId;
import org.polias.model.incident.Incident;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What must hold whatever happens in a city. */
class CityFusionProperties {

    private static final String[] SITES = {"arena", "station", "square"};
    private static final String[] TYPES = {
        "SABOTAGE", "INTRUSION", "CYBER_ATTACK", "CYBER_ATTACK", "ARMED_ATTACK", "CROWD_CRUSH", "TECHNICAL_FAULT"
    };

    private final JsonMapper mapper = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /** Forms of some incidents, in the order of their times, many within the same seconds. */
    private static List<Incident> happenings(long seed, int lines) {
        Random random = new Random(seed);
        Tale teller = Tale.ofThreeSites();
        List<Incident> told = new ArrayList<>();
        Set<String> begun = new HashSet<>();
        double minute = 0;
        for (int i = 0; i < lines; i++) {
            minute += random.nextInt(4) == 0 ? random.nextInt(40) : random.nextInt(3) / 60.0;
            String name = "I" + random.nextInt(12);
            int fate = random.nextInt(6);
            String line = "%.4f %s ".formatted(minute, name);
            if (begun.contains(name) && fate < 2) {
                line += switch (random.nextInt(3)) {
                    case 0 -> "RESOLVED";
                    case 1 -> "DISMISSED FALSE_ALARM";
                    default -> "OPEN";
                };
            } else {
                begun.add(name);
                line += "%s %s 0.%d"
                        .formatted(
                                SITES[Math.floorMod(name.hashCode(), 3)],
                                TYPES[random.nextInt(TYPES.length)],
                                5 + random.nextInt(5));
                for (int j = random.nextInt(4); j > 0; j--) {
                    line += switch (random.nextInt(5)) {
                        case 0, 1 -> " ip=203.0.113." + random.nextInt(3);
                        case 2 -> " segment=net-" + random.nextInt(2);
                        case 3 -> " credential=card-" + random.nextInt(2);
                        default -> " vehicle=car-%d km=%d".formatted(random.nextInt(2), random.nextInt(30));
                    };
                }
            }
            told.add(teller.incident(line));
        }
        return told;
    }

    private static Tale hear(List<Incident> told) {
        Tale tale = Tale.ofThreeSites();
        told.forEach(incident -> tale.on(new CityInput.Known(incident)));
        settle(tale);
        return tale;
    }

    private static void settle(Tale tale) {
        tale.on(new CityInput.Ticked(tale.state().clock().orElseThrow().plusSeconds(60)));
    }

    @Property(tries = 300)
    void anyOrderWithinTheLatenessGivesTheSame(
            @ForAll @LongRange(min = 0) long seed, @ForAll @IntRange(min = 1, max = 60) int lines) {
        List<Incident> told = happenings(seed, lines);
        Random random = new Random(seed + 1);
        List<Incident> mixed = new ArrayList<>(told);
        for (int pass = 0; pass < 3 * lines; pass++) {
            int i = random.nextInt(mixed.size());
            int j = Math.max(0, i - 1 - random.nextInt(3));
            if (withinLateness(mixed, j, i)) {
                mixed.add(j, mixed.remove(i));
            }
        }
        Tale straight = hear(told);
        Tale other = hear(mixed);
        assertThat(other.state()).isEqualTo(straight.state());
        assertThat(other.events()).isEqualTo(straight.events());
    }

    /** Whether the one at {@code i} may come before those from {@code j} on: none of them is late then. */
    private static boolean withinLateness(List<Incident> told, int j, int i) {
        for (int k = j; k < i; k++) {
            long apart = Math.abs(
                    Duration.between(told.get(k).changedAt(), told.get(i).changedAt())
                            .toMillis());
            if (apart >= Tale.lateness().toMillis()) {
                return false;
            }
        }
        return true;
    }

    @Property(tries = 200)
    void whatIsToldAgainChangesNothing(
            @ForAll @LongRange(min = 0) long seed, @ForAll @IntRange(min = 1, max = 60) int lines) {
        List<Incident> told = happenings(seed, lines);
        Random random = new Random(seed + 2);
        Tale once = Tale.ofThreeSites();
        Tale often = Tale.ofThreeSites();
        for (int i = 0; i < told.size(); i++) {
            once.on(new CityInput.Known(told.get(i)));
            often.on(new CityInput.Known(told.get(i)));
            CityState before = often.state();
            Step<CityState, CampaignEvent> again = often.on(new CityInput.Known(told.get(random.nextInt(i + 1))));
            assertThat(again.outputs()).isEmpty();
            assertThat(again.state()).isSameAs(before);
        }
        assertThat(often.state()).isEqualTo(once.state());
        assertThat(often.events()).isEqualTo(once.events());
    }

    @Property(tries = 300)
    void everyLedgerSumsToItsScoreAndEveryCampaignIsWhole(
            @ForAll @LongRange(min = 0) long seed, @ForAll @IntRange(min = 1, max = 80) int lines) {
        Tale tale = hear(happenings(seed, lines));
        for (CampaignEvent event : tale.events()) {
            Campaign campaign = event.campaign();
            double sum = 0;
            for (CampaignEvidence line : campaign.ledger()) {
                sum += line.logOdds();
            }
            assertThat(sum).isCloseTo(campaign.logOdds(), within(1e-9));
            assertThat(campaign.probability()).isCloseTo(1 / (1 + Math.exp(-campaign.logOdds())), within(1e-9));
            assertThat(campaign.ledger()).extracting(CampaignEvidence::key).doesNotHaveDuplicates();
            assertThat(campaign.members())
                    .isSortedAccordingTo((a, b) -> a.startedAt().compareTo(b.startedAt()));
            if (!(event instanceof CampaignEvent.Ended)) {
                assertThat(campaign.members()).hasSizeGreaterThan(1);
                assertThat(campaign.probability()).isGreaterThanOrEqualTo(0.5 - 1e-9);
                assertThat(campaign.story())
                        .hasSize(campaign.members().size() + campaign.former().size());
            }
        }
        List<IncidentId> members = tale.campaigns().stream()
                .flatMap(campaign -> campaign.members().stream())
                .map(CampaignMember::incident)
                .toList();
        assertThat(members).doesNotHaveDuplicates();
        assertThat(tale.state().live()).extracting(CityIncident::id).containsAll(members);
    }

    @Property(tries = 100)
    void aStateThatWasWrittenDownGoesOnLikeTheOneThatWasNot(
            @ForAll @LongRange(min = 0) long seed, @ForAll @IntRange(min = 2, max = 60) int lines) throws Exception {
        List<Incident> told = happenings(seed, lines);
        Tale tale = Tale.ofThreeSites();
        CityState other = tale.state();
        for (Incident incident : told) {
            other = mapper.readValue(mapper.writeValueAsString(other), CityState.class);
            Step<CityState, CampaignEvent> step = tale.fusion().on(other, new CityInput.Known(incident));
            assertThat(step).isEqualTo(tale.on(new CityInput.Known(incident)));
            other = step.state();
        }
    }

    /** Two campaigns were joined by one tie, and another of their ties was stronger than one that had held before. */
    @Example
    void afterARestartTheSameIsBelievedOfCampaignsThatWereJoined() {
        afterARestartTheSameIsBelieved(1391085515247531700L, 48);
    }

    @Property(tries = 200)
    void afterARestartTheSameIsBelieved(
            @ForAll @LongRange(min = 0) long seed, @ForAll @IntRange(min = 1, max = 60) int lines) {
        List<Incident> told = happenings(seed, lines);
        Tale tale = hear(told);
        Map<IncidentId, Incident> last = new TreeMap<>();
        told.forEach(incident -> last.put(incident.id(), incident));
        Step<CityState, CampaignEvent> resumed = tale.fusion().resume(Tale.sites(), last.values(), tale.campaigns());
        assertThat(resumed.outputs()).isEmpty();
        assertThat(resumed.state().campaigns()).isEqualTo(tale.campaigns());
        assertThat(resumed.state().live()).isEqualTo(tale.state().live());
        assertThat(resumed.state().index()).isEqualTo(tale.state().index());
    }
}
