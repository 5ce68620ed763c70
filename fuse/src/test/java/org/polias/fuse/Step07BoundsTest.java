// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.polias.model.incident.IncidentStatus;
import org.polias.model.incident.LedgerEntry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** 7: whatever comes, memory stays bounded, and what matters most stays. */
class Step07BoundsTest {

    private static final FusionSettings SMALL = new FusionSettings(
            3,
            4,
            2,
            5,
            6,
            2,
            3,
            2,
            1.0,
            Duration.ofMinutes(30),
            Duration.ofHours(12),
            Duration.ofSeconds(1),
            false,
            1.5);

    private final Story story = Story.inTown(SMALL);

    @Test
    void theOldestUnconvincingEvidenceGivesWay() {
        for (int i = 0; i < 20; i++) {
            story.tell("%d claim IMPULSE_NOISE mic-1 1.0".formatted(i * 2000));
        }
        assertThat(story.state().tentative()).hasSize(4);
        assertThat(story.state().tentative().getLast().startedAt()).isEqualTo(Story.NOON.plusSeconds(38_000));
    }

    @Test
    void theLeastCriticalIncidentGivesWayToAGraverOne() {
        for (int i = 0; i < 3; i++) {
            story.tell("%d claim NETWORK_ALERT ids-1 %d ip=10.0.0.%d signature=%d".formatted(i, i + 1, i, i));
        }
        assertThat(story.tell("5 claim GAS_LEVEL gas-1 6 begin"))
                .containsExactly("A resolved by polias", "D opened", "D reassessed, lines 2");
        assertThat(story.state().live()).hasSize(3);
        assertThat(story.incident('A').status()).isEqualTo(IncidentStatus.RESOLVED);
    }

    @Test
    void aLesserIncidentWaitsWhileThereIsNoRoom() {
        story.tell("""
                0 claim GAS_LEVEL gas-1 6 begin
                1 claim IMPULSE_NOISE mic-1 6
                2 claim CROWD_DENSITY cam-1 6 begin at=-400,-400
                3 claim NETWORK_ALERT ids-1 1 ip=10.0.0.1
                """);
        assertThat(story.incidents()).hasSize(3);
        assertThat(story.state().tentative()).hasSize(1);
    }

    @Test
    void closedIncidentsAreForgottenOldestFirst() {
        for (int i = 0; i < 4; i++) {
            story.tell("%d claim NETWORK_ALERT ids-1 3 ip=10.0.0.%d signature=%d".formatted(i * 10, i, i));
            story.tell("%d resolve %c ana".formatted(i * 10 + 1, 'A' + i));
        }
        assertThat(story.state().closed()).hasSize(2);
        assertThat(story.tell("99 reopen A ana"))
                .singleElement()
                .asString()
                .startsWith("refused: There is no incident");
        assertThat(story.tell("99 reopen D ana")).contains("D reopened by ana");
    }

    @Test
    void furtherSourcesAreCountedAndWeighNothing() {
        for (String mic : new String[] {"mic-1", "mic-2", "mic-3", "mic-4", "mic-5"}) {
            story.tell("0 claim IMPULSE_NOISE %s 5".formatted(mic));
        }
        double before = story.incident('A').hypotheses().getFirst().logOdds();
        story.tell(
                "1 claim IMPULSE_NOISE cam-1 5 at=100,100 sigma=120\n2 claim IMPULSE_NOISE gas-1 5 at=100,100 sigma=120\n3 tick");
        LedgerEntry line = story.incident('A').ledger().getLast();
        assertThat(line.key()).isEqualTo("evidence/more/acoustic.impulse");
        assertThat(line.count()).isEqualTo(2);
        assertThat(line.sentence()).startsWith("2 more claims");
        assertThat(story.incident('A').hypotheses().getFirst().logOdds()).isEqualTo(before);
    }

    @Test
    void aFloodOfAlertsFromManyAddressesStaysBounded() {
        for (int i = 0; i < 2000; i++) {
            story.tell("%d claim NETWORK_ALERT ids-1 2 ip=10.0.0.1 ip=10.1.%d.%d".formatted(i, i / 250, i % 250));
        }
        story.tell("2001 tick");
        assertThat(story.incidents()).hasSize(1);
        assertThat(story.incident('A').entities()).hasSize(6);
        assertThat(story.incident('A').ledger()).hasSize(2);
        assertThat(story.incident('A').ledger().get(1).count()).isEqualTo(2000);
        assertThat(story.incident('A').ledger().get(1).detections()).hasSize(2);
    }

    @Test
    void onlyTheLatestCommandsAreRemembered() {
        for (int i = 0; i < 5; i++) {
            story.tell("%d acknowledge Z ana".formatted(i));
        }
        assertThat(story.state().answers())
                .extracting(answer -> answer.commandId())
                .containsExactly("c-3", "c-4", "c-5");
    }

    @Test
    void aDetectionOfAnotherSiteIsAnErrorOfTheCaller() {
        Fusion<DefaultFusionState> fusion = new DefaultFusion();
        FusionInput elsewhere = new FusionInput.Claimed(Story.NOON, story.detection("0 claim DOOR_FORCED door-1 5"));
        var other = new org.polias.model.city.SiteDefinition(
                new org.polias.model.id.SiteKey(Town.KEY.tenant(), new org.polias.model.id.SiteId("harbour")),
                Town.definition().site(),
                false,
                java.util.List.of(),
                java.util.List.of(),
                java.util.List.of(),
                java.util.List.of(),
                java.util.List.of(),
                java.util.List.of(),
                java.util.List.of(),
                java.util.List.of(),
                "1");
        DefaultFusionState state = fusion.on(fusion.initial(), new FusionInput.Configured(Story.NOON, other))
                .state();
        assertThatThrownBy(() -> fusion.on(state, elsewhere)).hasMessageContaining("town/centre");
        assertThat(fusion.on(fusion.initial(), elsewhere).outputs()).isEmpty();
    }

    @Test
    void aSettingThatCannotBeIsRefused() {
        assertThatThrownBy(() -> new FusionSettings(
                        0,
                        4,
                        2,
                        5,
                        6,
                        2,
                        3,
                        2,
                        1.0,
                        Duration.ofMinutes(30),
                        Duration.ofHours(12),
                        Duration.ofSeconds(1),
                        false,
                        1.5))
                .hasMessageContaining("maxLive of fusion is 0");
    }
}
