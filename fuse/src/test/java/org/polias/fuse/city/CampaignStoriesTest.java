// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import org.junit.jupiter.api.Test;
import org.polias.model.campaign.Campaign;
import org.polias.model.campaign.CampaignEvent;
import org.polias.model.campaign.CampaignEvidence;
import org.polias.model.campaign.CampaignStatus;
import org.polias.model.campaign.FormerMember;
import org.polias.model.campaign.StoryLine;
import org.polias.model.incident.CriticalityLevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class CampaignStoriesTest {

    private static final String BREAK_IN = """
            0    A arena SABOTAGE     0.95 segment=tech-room zone=gate-3
            4    B arena INTRUSION    0.95 segment=tech-room zone=gate-3 level=HIGH
            7    C arena CYBER_ATTACK 0.9  segment=tech-room ip=10.0.3.7
            """;

    @Test
    void aBlindedCameraAForcedDoorAndALoginFromTheSameSegmentAreOneStoryInOrder() {
        Tale tale = Tale.ofThreeSites().tell(BREAK_IN);
        Campaign campaign = tale.onlyCampaign();
        assertThat(Tale.members(campaign)).containsExactly("A", "B", "C");
        assertThat(campaign.level()).isEqualTo(CriticalityLevel.HIGH);
        assertThat(campaign.probability()).isGreaterThan(0.9);
        assertThat(campaign.title()).isEqualTo("Sabotage of sensors, intrusion and cyber attack at Doosan Arena");
        assertThat(campaign.story())
                .extracting(StoryLine::sentence)
                .containsExactly(
                        "It begins at Doosan Arena: Possible sabotage A.",
                        "4 min later, at the same site: Possible intrusion B, in the same network segment (tech-room).",
                        "3 min later, at the same site: Possible cyber attack C, in the same network segment (tech-room).");
        assertThat(campaign.ledger())
                .extracting(CampaignEvidence::kind)
                .startsWith(CampaignEvidence.Kind.PRIOR)
                .contains(
                        CampaignEvidence.Kind.SEQUENCE,
                        CampaignEvidence.Kind.SHARED_SEGMENT,
                        CampaignEvidence.Kind.CYBER_PHYSICAL);
        assertThat(campaign.ledger().stream()
                        .mapToDouble(CampaignEvidence::logOdds)
                        .sum())
                .isCloseTo(campaign.logOdds(), within(1e-9));
    }

    @Test
    void theSameStepsInPartsOfANetworkThatHaveNothingInCommonAreNotOne() {
        Tale tale = Tale.ofThreeSites().tell("""
                0    A arena   SABOTAGE     0.8 segment=cctv
                4    B station INTRUSION    0.8 segment=doors
                7    C square  CYBER_ATTACK 0.8 ip=10.0.3.7
                """);
        assertThat(tale.campaigns()).isEmpty();
    }

    @Test
    void twoSitesThatOneAddressAttacksAreOneCampaign() {
        Tale tale = Tale.ofThreeSites().tell("""
                0    A arena   CYBER_ATTACK 0.9 ip=203.0.113.7 ip=198.51.100.10
                25   B station CYBER_ATTACK 0.9 ip=203.0.113.7 ip=192.168.1.4
                """);
        Campaign campaign = tale.onlyCampaign();
        assertThat(Tale.members(campaign)).containsExactly("A", "B");
        assertThat(campaign.title()).isEqualTo("Cyber attacks at Doosan Arena and Main Station involving 203.0.113.7");
        assertThat(campaign.story().getLast().sentence())
                .isEqualTo(
                        "25 min later, at Main Station: Possible cyber attack B, with the same address (203.0.113.7).");
    }

    @Test
    void aPrivateAddressIsAnotherHostAtAnotherSite() {
        Tale tale = Tale.ofThreeSites().tell("""
                0    A arena   CYBER_ATTACK 0.9 ip=10.0.0.5
                1    B station CYBER_ATTACK 0.9 ip=10.0.0.5
                """);
        assertThat(tale.campaigns()).isEmpty();
    }

    @Test
    void whoHasTheSameTargetIsNotTheSameAttacker() {
        Tale tale = Tale.ofThreeSites().tell("""
                0    A arena CYBER_ATTACK 0.9 ip=203.0.113.7  ip=198.51.100.10
                1    B arena CYBER_ATTACK 0.9 ip=203.0.114.22 ip=198.51.100.10
                """);
        assertThat(tale.campaigns()).isEmpty();
    }

    @Test
    void twoFightsOnOneEveningAreNotJoined() {
        Tale tale = Tale.ofThreeSites().tell("""
                0    A square  CROWD_CRUSH 0.9 zone=bar
                12   B station CROWD_CRUSH 0.9 zone=hall
                20   C square  CROWD_CRUSH 0.8 zone=bar
                """);
        assertThat(tale.campaigns()).isEmpty();
    }

    @Test
    void attacksOnPeopleAtTwoSitesWithinMinutesAreJoinedThoughNothingIsShared() {
        Tale tale = Tale.ofThreeSites().tell("""
                0    A arena   ARMED_ATTACK 0.97 level=CRITICAL
                9    B station ARMED_ATTACK 0.97 level=CRITICAL
                """);
        assertThat(Tale.members(tale.onlyCampaign())).containsExactly("A", "B");
        assertThat(tale.onlyCampaign().ledger())
                .extracting(CampaignEvidence::kind)
                .containsExactly(CampaignEvidence.Kind.PRIOR, CampaignEvidence.Kind.COINCIDENCE);
    }

    @Test
    void whatMayBeShotsAtTwoSitesIsNotJoined() {
        Tale tale = Tale.ofThreeSites().tell("""
                0    A arena   ARMED_ATTACK 0.4
                9    B station ARMED_ATTACK 0.5
                """);
        assertThat(tale.campaigns()).isEmpty();
    }

    @Test
    void aScanOfEverySiteFromOneAddressIsOneCampaignOfLowConsequence() {
        StringBuilder scan = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            scan.append("%.1f S%02d %s CYBER_ATTACK 0.8 level=LOW ip=203.0.113.7%n"
                    .formatted(i * 0.5, i, new String[] {"arena", "station", "square"}[i % 3]));
        }
        Tale tale = Tale.ofThreeSites().tell(scan.toString());
        Campaign campaign = tale.onlyCampaign();
        assertThat(campaign.members()).hasSize(40);
        assertThat(campaign.level()).isEqualTo(CriticalityLevel.LOW);
        assertThat(campaign.title()).isEqualTo("Cyber attacks at 3 sites involving 203.0.113.7");
        assertThat(tale.events().stream().filter(CampaignEvent.Opened.class::isInstance))
                .hasSize(1);
    }

    @Test
    void aDismissedIncidentLeavesAndIsToldOf() {
        Tale tale = Tale.ofThreeSites().tell(BREAK_IN).tell("30 A DISMISSED SENSOR_FAULT");
        Campaign campaign = tale.onlyCampaign();
        assertThat(Tale.members(campaign)).containsExactly("B", "C");
        assertThat(campaign.former()).extracting(FormerMember::reason).containsExactly(FormerMember.Reason.DISMISSED);
        assertThat(campaign.story().getFirst().current()).isFalse();
        assertThat(campaign.story().getFirst().sentence()).endsWith("Dismissed after 30 min: it no longer counts.");
    }

    @Test
    void aCampaignEndsWhenOneIncidentIsLeftAndOpensAgainWithIt() {
        Tale tale = Tale.ofThreeSites().tell("""
                0    A arena   CYBER_ATTACK 0.9 ip=203.0.113.7
                25   B station CYBER_ATTACK 0.9 ip=203.0.113.7
                40   B RESOLVED
                """);
        assertThat(tale.campaigns()).isEmpty();
        Campaign ended = tale.events().getLast().campaign();
        assertThat(ended.status()).isEqualTo(CampaignStatus.ENDED);
        assertThat(ended.former()).extracting(FormerMember::reason).containsExactly(FormerMember.Reason.RESOLVED);
        tale.tell("50 B OPEN");
        assertThat(Tale.members(tale.onlyCampaign())).containsExactly("A", "B");
        assertThat(tale.onlyCampaign().id()).isNotEqualTo(ended.id());
    }

    @Test
    void anIncidentLeavesWhenWhatIsKnownOfItNoLongerTiesIt() {
        Tale tale = Tale.ofThreeSites().tell(BREAK_IN).tell("12 C arena TECHNICAL_FAULT 0.95 segment=tech-room");
        Campaign campaign = tale.onlyCampaign();
        assertThat(Tale.members(campaign)).containsExactly("A", "B");
        assertThat(campaign.former()).extracting(FormerMember::reason).containsExactly(FormerMember.Reason.UNTIED);
    }

    @Test
    void whatWasTogetherStaysTogetherAtLessThanItTakesToJoin() {
        Tale alone = Tale.ofThreeSites().tell("""
                0    D square  CYBER_ATTACK 0.9 ip=203.0.113.7
                1    D DISMISSED FALSE_ALARM
                2    A arena   CYBER_ATTACK 0.9 ip=203.0.113.7
                172  B station CYBER_ATTACK 0.9 ip=203.0.113.7
                """);
        assertThat(alone.campaigns()).isEmpty();
        Tale tale = Tale.ofThreeSites();
        tale.tell("""
                0    A arena   CYBER_ATTACK 0.9 ip=203.0.113.7
                170  B station CYBER_ATTACK 0.9 ip=203.0.113.7
                175  D square  CYBER_ATTACK 0.9 ip=203.0.113.7
                180  D DISMISSED FALSE_ALARM
                """);
        // One dismissal with the address makes it less remarkable: not enough to join anew, enough to stay.
        assertThat(Tale.members(tale.onlyCampaign())).containsExactly("A", "B");
        assertThat(tale.onlyCampaign().probability()).isBetween(0.5, 0.8);
    }

    @Test
    void anAddressThatOperatorsDismissedAgainAndAgainIsAUsualVisitor() {
        StringBuilder visits = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            visits.append("%d V%02d arena CYBER_ATTACK 0.7 ip=203.0.113.7%n%d.5 V%02d DISMISSED HARMLESS_CAUSE%n"
                    .formatted(i, i, i, i));
        }
        Tale tale = Tale.ofThreeSites().tell(visits.toString()).tell("""
                30   A arena   CYBER_ATTACK 0.9 ip=203.0.113.7
                35   B station CYBER_ATTACK 0.9 ip=203.0.113.7
                """);
        assertThat(tale.campaigns()).isEmpty();
    }

    @Test
    void noVehicleIsAtTwoPlacesAtOnce() {
        String template = """
                0    A arena   INTRUSION 0.9 vehicle=4P5-1234
                %s   B station INTRUSION 0.9 vehicle=4P5-1234 km=12
                """;
        Tale feasible = Tale.ofThreeSites().tell(template.formatted("20"));
        assertThat(feasible.onlyCampaign().ledger())
                .extracting(CampaignEvidence::kind)
                .contains(CampaignEvidence.Kind.TRAVEL);
        Tale impossible = Tale.ofThreeSites().tell(template.formatted("1"));
        assertThat(impossible.campaigns()).isEmpty();
    }

    @Test
    void anExerciseAndWhatIsRealAreNeverJoined() {
        Tale tale = Tale.ofThreeSites().tell("""
                0    A arena   CYBER_ATTACK 0.9 ip=203.0.113.7 exercise=drill
                5    B station CYBER_ATTACK 0.9 ip=203.0.113.7
                """);
        assertThat(tale.campaigns()).isEmpty();
    }

    @Test
    void campaignsThatTurnOutToBeOneMergeIntoTheOlder() {
        Tale tale = Tale.ofThreeSites().tell("""
                0    A arena   CYBER_ATTACK 0.9 ip=203.0.113.7
                2    B station CYBER_ATTACK 0.9 ip=203.0.113.7
                10   C arena   CYBER_ATTACK 0.9 ip=192.0.2.9
                12   D square  CYBER_ATTACK 0.9 ip=192.0.2.9
                """);
        assertThat(tale.campaigns()).hasSize(2);
        Campaign older = tale.campaigns().getFirst();
        tale.tell("20 E square CYBER_ATTACK 0.9 ip=192.0.2.9 ip=203.0.113.7");
        assertThat(tale.onlyCampaign().id()).isEqualTo(older.id());
        assertThat(Tale.members(tale.onlyCampaign())).containsExactly("A", "B", "C", "D", "E");
        CampaignEvent.Ended ended = tale.events().stream()
                .filter(CampaignEvent.Ended.class::isInstance)
                .map(CampaignEvent.Ended.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(ended.campaign().status()).isEqualTo(CampaignStatus.MERGED);
        assertThat(ended.campaign().mergedInto()).contains(older.id());
    }
}
