// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.criticality;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.polias.fuse.Story;
import org.polias.fuse.Town;
import org.polias.model.city.Site;
import org.polias.model.city.SiteDefinition;
import org.polias.model.incident.Criticality;
import org.polias.model.incident.CriticalityLevel;

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
                        "A toxic release has \\d+ % \\(below 1 % before the evidence\\); 4 \\d+ people within 500 m, vulnerability 1, serious harm to 1 in 100: [\\d.]+ harmed are to be expected\\.");
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
