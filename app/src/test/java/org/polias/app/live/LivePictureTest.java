// SPDX-License-Identifier: Apache-2.0
package org.polias.app.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.polias.app.view.CampaignSummary;
import org.polias.app.view.IncidentSummary;
import org.polias.model.campaign.Campaign;
import org.polias.model.campaign.CampaignStatus;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.CampaignId;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.store.incident.RunningExercise;

import static org.assertj.core.api.Assertions.assertThat;

class LivePictureTest {

    private static final SiteKey SITE = SiteKey.parse("smallville/north");
    private static final IncidentId ID = new IncidentId("I-1");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final IncidentEvent.Opened OPENED =
            new IncidentEvent.Opened(ID, 1, NOON, SITE, NOON, true, Optional.empty());
    private static final IncidentEvent RESOLVED =
            new IncidentEvent.Resolved(ID, 2, NOON.plusSeconds(1), "anna", "over");
    private static final IncidentEvent REOPENED =
            new IncidentEvent.Reopened(ID, 3, NOON.plusSeconds(2), "anna", "not over");

    @Test
    void anIncidentThatWasOverBeforeThePictureBeganIsBackWhenItIsTakenUpAgain() {
        Incident over = Incident.begin(OPENED).on(RESOLVED);
        LivePicture picture = new LivePicture(id -> id, id -> Optional.of(over));
        picture.begin(List.of(), Map.of(), List.of(), List.of());
        List<LiveMessage> told = connect(picture);

        picture.on(new SiteOutcome.IncidentChanged(SITE, REOPENED));

        assertThat(picture.findIncident(ID)).contains(over.on(REOPENED));
        assertThat(told.getLast()).isEqualTo(new LiveMessage.IncidentChanged(IncidentSummary.of(over.on(REOPENED))));
    }

    @Test
    void whatThePictureBeganWithMayBeToldAgain() {
        LivePicture picture = new LivePicture(id -> id, id -> Optional.empty());
        Incident known = Incident.begin(OPENED).on(RESOLVED).on(REOPENED);
        picture.begin(List.of(known), Map.of(), List.of(), List.of());
        connect(picture);

        picture.on(new SiteOutcome.IncidentChanged(SITE, OPENED));
        picture.on(new SiteOutcome.IncidentChanged(SITE, RESOLVED));

        assertThat(picture.findIncident(ID)).contains(known);
    }

    @Test
    void anExerciseThatIsRunningWhenThePictureBeginsIsShown() {
        LivePicture picture = new LivePicture(id -> "Shots in the park", id -> Optional.empty());
        picture.begin(List.of(), Map.of(), List.of(), List.of(new RunningExercise(SITE, "shots", NOON)));

        LiveMessage.State state = (LiveMessage.State) connect(picture).getFirst();

        assertThat(state.exercise()).contains(new LiveMessage.RunningExercise("shots", "Shots in the park", NOON));
    }

    @Test
    void anOpenCampaignIsInThePictureAndAnEndedOneIsToldAndGone() {
        LivePicture picture = new LivePicture(id -> id, id -> Optional.empty());
        picture.on(campaign(1, CampaignStatus.OPEN));
        List<LiveMessage> told = connect(picture);
        assertThat(((LiveMessage.State) told.getFirst()).campaigns())
                .containsExactly(CampaignSummary.of(campaign(1, CampaignStatus.OPEN)));
        assertThat(picture.findCampaign(campaign(1, CampaignStatus.OPEN).id())).isPresent();

        picture.on(campaign(2, CampaignStatus.ENDED));

        assertThat(told.getLast())
                .isEqualTo(new LiveMessage.CampaignChanged(CampaignSummary.of(campaign(2, CampaignStatus.ENDED))));
        assertThat(picture.listCampaigns()).isEmpty();
    }

    private static Campaign campaign(long revision, CampaignStatus status) {
        return new Campaign(
                new CampaignId("C-1"),
                SITE.tenant(),
                revision,
                status,
                true,
                Optional.empty(),
                NOON,
                NOON,
                NOON,
                2,
                0.88,
                CriticalityLevel.LOW,
                "Cyber attacks at 3 sites",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    private static List<LiveMessage> connect(LivePicture picture) {
        List<LiveMessage> told = new ArrayList<>();
        picture.connect("screen", message -> {
            told.add(message);
            return CompletableFuture.completedFuture(null);
        });
        return told;
    }
}
