// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.criticality;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.polias.fuse.FusionInput;
import org.polias.fuse.Story;
import org.polias.fuse.Town;
import org.polias.model.city.Site;
import org.polias.model.city.SiteDefinition;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.ZoneId;
import org.polias.model.incident.Certainty;
import org.polias.model.incident.Criticality;
import org.polias.model.incident.CriticalityContext;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.CriticalityMatrix;
import org.polias.model.incident.CriticalityRules;
import org.polias.model.incident.Severity;
import org.polias.model.incident.Urgency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class AssessmentTest {

    @Test
    void theSameDetectionMattersMoreWhereMorePeopleAre() {
        Criticality crowded = of("0 claim GAS_LEVEL gas-1 6 begin at=350,50");
        Criticality empty = of("0 claim GAS_LEVEL gas-1 6 begin at=-3000,-3000");
        assertThat(crowded.probability()).isEqualTo(empty.probability());
        assertThat(crowded.exposedPeople()).isGreaterThan(2500);
        assertThat(empty.exposedPeople()).isLessThan(1100);
        assertThat(crowded.level()).isGreaterThan(empty.level());
    }

    @Test
    void anImportantAssetMattersMore() {
        Criticality tickets = of("0 claim NETWORK_ALERT ids-1 4 asset=tickets");
        Criticality other = of("0 claim NETWORK_ALERT ids-1 4");
        assertThat(tickets.score()).isCloseTo(5 * other.score(), within(1e-12));
        assertThat(tickets.reasons())
                .contains("It concerns Ticket server, which is 5 times as important as an ordinary asset.");
    }

    @Test
    void whatIsImprobableIsNeverCriticalHoweverManyItWouldReach() {
        Criticality bang = of("0 claim IMPULSE_NOISE mic-1 5 at=350,50");
        assertThat(bang.score()).isGreaterThan(10);
        assertThat(bang.probability()).isLessThan(0.5);
        assertThat(bang.level()).isEqualTo(CriticalityLevel.HIGH);
        assertThat(bang.reasons().getLast()).contains("row 3").endsWith("which is HIGH.");
    }

    @Test
    void theReasonsMakeTheScoreReadable() {
        assertThat(of("0 claim GAS_LEVEL gas-1 6 begin at=350,50 sigma=50").reasons())
                .first()
                .asString()
                .matches(
                        "A toxic release has \\d+ % \\(2 % before the evidence\\); 4 \\d+ people within 500 m, vulnerability 1, serious harm to 1 in 100: [\\d.]+ harmed are to be expected\\.");
    }

    @Test
    void whatWasHeardFromAfarEndangersFewOfThoseWhoHeardIt() {
        Criticality here = of("0 claim IMPULSE_NOISE mic-1 5 at=350,50 sigma=40");
        Criticality somewhere = of("0 claim IMPULSE_NOISE mic-1 5 at=350,50 sigma=650");
        assertThat(somewhere.probability()).isEqualTo(here.probability());
        assertThat(here.exposedPeople()).isGreaterThan(3000);
        // 1 - exp(-(300/650)^2/2): one in ten.
        assertThat(somewhere.exposedPeople()).isCloseTo(0.101 * 5000, within(5.0));
        assertThat(here.level()).isEqualTo(CriticalityLevel.HIGH);
        assertThat(somewhere.score()).isLessThan(here.score() / 5);
        assertThat(somewhere.reasons())
                .first()
                .asString()
                .contains("people within 300 m (of 5 000 within 944 m, each with 10 %: its place is uncertain)");
    }

    @Test
    void theReachOfACertainPlaceIsTheTypesOwn() {
        assertThat(of("0 claim IMPULSE_NOISE mic-1 5 at=350,50 sigma=20").exposedPeople())
                .isCloseTo(
                        of("0 claim IMPULSE_NOISE mic-1 5 at=350,50 sigma=60").exposedPeople(), within(1.0));
    }

    @Test
    void anUnknownExposureIsNotAnExposureOfNobody() {
        Criticality criticality = inATownOf(0);
        assertThat(criticality.exposedPeople()).isEqualTo(100);
        assertThat(criticality.reasons()).contains("How many people are here is not configured: 100 are assumed.");
    }

    @Test
    void aHundredPeopleThatWereConfiguredAreNotAssumed() {
        Criticality criticality = inATownOf(100);
        assertThat(criticality.exposedPeople()).isEqualTo(100);
        assertThat(criticality.reasons()).noneMatch(reason -> reason.contains("assumed"));
    }

    @Test
    void peopleWhoAreCountedCountInsteadOfThoseWhoAreExpected() {
        Story story = Story.inTown();
        story.play(counted(0, 4000));
        story.tell("1 claim GAS_LEVEL gas-1 6 begin at=350,50 sigma=20");
        Criticality full = story.incident('A').criticality().orElseThrow();
        story.play(counted(100, 0));
        story.tell("101 claim GAS_LEVEL gas-1 8 update at=350,50 sigma=20");
        Criticality empty = story.incident('A').criticality().orElseThrow();
        assertThat(full.exposedPeople() - empty.exposedPeople()).isCloseTo(4000, within(1.0));
        assertThat(full.reasons())
                .anyMatch(reason ->
                        reason.startsWith("Counted within the last 10 min: 4\u202F000 people in 1 of 2 zones"));
    }

    @Test
    void aStaleCountIsNotTaken() {
        Story story = Story.inTown();
        story.play(counted(0, 0));
        story.tell("700 claim GAS_LEVEL gas-1 6 begin at=350,50 sigma=20");
        Criticality criticality = story.incident('A').criticality().orElseThrow();
        assertThat(criticality.exposedPeople())
                .isEqualTo(of("700 claim GAS_LEVEL gas-1 6 begin at=350,50 sigma=20")
                        .exposedPeople());
        assertThat(criticality.reasons())
                .contains("Nobody was counted within the last 10 min: the usual numbers are taken.");
    }

    @Test
    void aCountThatSaysLittleNewChangesNothing() {
        Story story = Story.inTown();
        story.play(counted(0, 1000));
        var before = story.state();
        story.play(counted(30, 1050));
        assertThat(story.state()).isSameAs(before);
        story.play(counted(30, 1200));
        assertThat(story.state().counts()).singleElement().satisfies(count -> assertThat(count.people())
                .isEqualTo(1200));
    }

    @Test
    void aForcedDoorAndANetworkAttackTogetherThreatenMore() {
        Story story = Story.inTown();
        story.tell("""
                0 claim DOOR_FORCED door-1 6 asset=tickets
                5 claim NETWORK_ALERT ids-1 6 asset=tickets
                """);
        assertThat(story.incident('A').criticality().orElseThrow().reasons())
                .contains("Intent: a forced door and a network attack together (harm times 2).");
    }

    @Test
    void aVisitRaisesALevelAndSaysSo() {
        String bang = "0 claim DOOR_FORCED door-1 6";
        Criticality usual = inContext(bang);
        Criticality visit = inContext(bang, context("Visit of the minister", 1, Optional.empty()));
        assertThat(visit.level().ordinal()).isEqualTo(usual.level().ordinal() + 1);
        assertThat(visit.reasons())
                .contains(
                        "Visit of the minister: it counts 1 level higher.",
                        "In all it counts as " + visit.level() + ".");
        assertThat(visit.rules()).isEqualTo("rules-2");
        assertThat(usual.rules()).isEqualTo("default-1");
    }

    @Test
    void contextRaisesNothingAboveWhatItsLikelihoodCan() {
        String bang = "0 claim IMPULSE_NOISE mic-1 5 at=350,50";
        Criticality raised = inContext(bang, context("Alert level 4", 2, Optional.empty()));
        assertThat(raised.level()).isEqualTo(CriticalityLevel.HIGH);
        assertThat(raised.reasons().getLast())
                .isEqualTo("In all it counts as HIGH: no more than what is so likely can.");
    }

    @Test
    void anEventDayBringsThePeopleThatItIsExpectedToBring() {
        String gas = "0 claim GAS_LEVEL gas-1 6 begin at=350,50 sigma=20";
        Criticality derby = inContext(gas, context("Derby", 0, Optional.of(50_000)));
        assertThat(derby.exposedPeople()).isCloseTo(10 * inContext(gas).exposedPeople(), within(1.0));
        assertThat(derby.reasons())
                .contains("Nobody is being counted here now; Derby is on, for which 50\u202F000 people are expected.");
    }

    @Test
    void severityUrgencyAndCertaintyAreThreeThings() {
        Criticality gas = of("0 claim GAS_LEVEL gas-1 6 begin at=350,50 sigma=20");
        assertThat(gas.severity()).isEqualTo(Severity.EXTREME);
        assertThat(gas.urgency()).isEqualTo(Urgency.IMMEDIATE);
        assertThat(gas.certainty()).isEqualTo(gas.probability() > 0.5 ? Certainty.LIKELY : Certainty.POSSIBLE);
        Criticality alert = of("0 claim NETWORK_ALERT ids-1 3");
        assertThat(alert.severity()).isIn(Severity.MINOR, Severity.MODERATE);
        assertThat(alert.urgency()).isEqualTo(Urgency.EXPECTED);
        assertThat(Certainty.of(0.5)).isEqualTo(Certainty.POSSIBLE);
        assertThat(Certainty.of(0.501)).isEqualTo(Certainty.LIKELY);
        assertThat(Certainty.of(0.09)).isEqualTo(Certainty.UNLIKELY);
    }

    private static FusionInput counted(int second, long people) {
        return new FusionInput.Counted(
                Story.NOON.plusSeconds(second), new DatastreamId("cam-1"), new ZoneId("fan-zone"), people);
    }

    private static CriticalityContext context(String name, int steps, Optional<Integer> people) {
        return new CriticalityContext(
                name, Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), steps, people);
    }

    private static Criticality inContext(String line, CriticalityContext... contexts) {
        SiteDefinition town = Town.definition();
        Story story = Story.in(new SiteDefinition(
                town.key(),
                town.site(),
                town.simulated(),
                town.zones(),
                town.assets(),
                town.things(),
                town.sensors(),
                town.datastreams(),
                town.detectors(),
                town.playbooks(),
                town.calendar(),
                contexts.length == 0
                        ? Optional.empty()
                        : Optional.of(new CriticalityRules("rules-2", CriticalityMatrix.DEFAULT, List.of(contexts))),
                "2"));
        story.tell(line);
        return story.incident('A').criticality().orElseThrow();
    }

    private static Criticality inATownOf(int people) {
        SiteDefinition town = Town.definition();
        Site site = new Site(
                town.site().id(),
                "Nowhere",
                town.site().siteClass(),
                town.site().origin(),
                Optional.empty(),
                people,
                1);
        Story story = Story.in(new SiteDefinition(
                town.key(),
                site,
                false,
                List.of(),
                List.of(),
                town.things(),
                town.sensors(),
                town.datastreams(),
                List.of(),
                List.of(),
                List.of(),
                "2"));
        story.tell("0 claim GAS_LEVEL gas-1 6 begin sigma=5000");
        return story.incident('A').criticality().orElseThrow();
    }

    private static Criticality of(String line) {
        Story story = Story.inTown();
        story.tell(line);
        return story.incident('A').criticality().orElseThrow();
    }
}
