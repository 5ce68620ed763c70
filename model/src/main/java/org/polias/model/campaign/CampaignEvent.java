// SPDX-License-Identifier: Apache-2.0
package org.polias.model.campaign;

/** Something that happened to a campaign, which now is so. */
public sealed interface CampaignEvent {

    /** The campaign after it. */
    Campaign campaign();

    /** Incidents are held to be coordinated from now on. */
    record Opened(Campaign campaign) implements CampaignEvent {}

    /** Its members, what ties them, or its story changed. */
    record Changed(Campaign campaign) implements CampaignEvent {}

    /** Its incidents are not held to be coordinated any more, or belong to another campaign. */
    record Ended(Campaign campaign) implements CampaignEvent {}
}
