// SPDX-License-Identifier: Apache-2.0
package org.polias.store.campaign;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.polias.model.campaign.Campaign;
import org.polias.model.campaign.CampaignEvidence;
import org.polias.model.campaign.CampaignMember;
import org.polias.model.campaign.CampaignStatus;
import org.polias.model.campaign.FormerMember;
import org.polias.model.campaign.StoryLine;
import org.polias.model.id.CampaignId;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.IncidentType;
import org.polias.model.place.Position;
import org.polias.store.Samples;
import org.polias.store.SharedStore;
import org.polias.store.Store;
import org.polias.store.incident.IncidentScope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.polias.store.Samples.NOON;

@ExtendWith(SharedStore.class)
class CampaignStoreIT {

    private final Store store;
    private final TenantId tenant;
    private final SiteKey site;

    CampaignStoreIT(Store store, TenantId tenant) {
        this.store = store;
        this.tenant = tenant;
        this.site = Samples.site(tenant);
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        Campaign campaign = campaign("C-1", 1, CampaignStatus.OPEN, CriticalityLevel.HIGH);
        store.campaigns().put(List.of(campaign));
        assertThat(store.campaigns().find(tenant, campaign.id())).contains(campaign);
        assertThat(store.campaigns().find(new TenantId("another"), campaign.id()))
                .isEmpty();
    }

    @Test
    void anOlderRevisionChangesNothing() {
        Campaign later = campaign("C-2", 2, CampaignStatus.ENDED, CriticalityLevel.LOW);
        store.campaigns().put(List.of(later));
        store.campaigns().put(List.of(campaign("C-2", 1, CampaignStatus.OPEN, CriticalityLevel.HIGH)));
        assertThat(store.campaigns().find(tenant, later.id())).contains(later);
    }

    @Test
    void openOnesAreListedTheMostCriticalFirstAndEndedOnesGoAfterTheirTerm() {
        Campaign low = campaign("C-3", 1, CampaignStatus.OPEN, CriticalityLevel.LOW);
        Campaign high = campaign("C-4", 1, CampaignStatus.OPEN, CriticalityLevel.HIGH);
        Campaign ended = campaign("C-5", 3, CampaignStatus.ENDED, CriticalityLevel.CRITICAL);
        store.campaigns().put(List.of(low, high, ended));
        assertThat(store.campaigns().list(tenant, IncidentScope.LIVE, 10)).containsExactly(high, low);
        assertThat(store.campaigns().list(tenant, IncidentScope.ALL, 1)).containsExactly(ended);
        assertThat(store.campaigns().deleteEndedBefore(tenant, NOON)).isZero();
        assertThat(store.campaigns().deleteEndedBefore(tenant, NOON.plusSeconds(1)))
                .isOne();
        assertThat(store.campaigns().list(tenant, IncidentScope.ALL, 10)).containsExactly(high, low);
    }

    private Campaign campaign(String id, long revision, CampaignStatus status, CriticalityLevel level) {
        IncidentId one = new IncidentId("I-1");
        IncidentId other = new IncidentId("I-2");
        return new Campaign(
                new CampaignId(id),
                tenant,
                revision,
                status,
                true,
                Optional.of("drill"),
                NOON,
                NOON,
                NOON,
                1.5,
                0.8175744761936437,
                level,
                "Sabotage of sensors and intrusion at the arena",
                List.of(new CampaignMember(
                        site,
                        one,
                        NOON,
                        "Sensors blinded at gate 3",
                        IncidentType.SABOTAGE,
                        level,
                        Optional.of(new Position(13.38, 49.75)))),
                List.of(new FormerMember(site, other, NOON, NOON, "Intrusion", FormerMember.Reason.DISMISSED)),
                List.of(new CampaignEvidence(
                        "prior", CampaignEvidence.Kind.PRIOR, 1.5, "What was thought.", List.of(one, other))),
                List.of(new StoryLine(NOON, site, one, true, "It begins at 12:00:00 UTC.")),
                Optional.empty());
    }
}
