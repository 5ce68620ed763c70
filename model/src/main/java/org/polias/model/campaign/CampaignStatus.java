// SPDX-License-Identifier: Apache-2.0
package org.polias.model.campaign;

/** Where a campaign stands. */
public enum CampaignStatus {
    /** At least two live incidents are held to be coordinated. */
    OPEN,
    /** Too few of its incidents are live, or what tied them no longer does. */
    ENDED,
    /** Its incidents turned out to be part of an older campaign. */
    MERGED
}
