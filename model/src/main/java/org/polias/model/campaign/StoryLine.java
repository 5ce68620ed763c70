// SPDX-License-Identifier: Apache-2.0
package org.polias.model.campaign;

import java.time.Instant;

import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;

/**
 * A sentence of a campaign's story.
 *
 * @param at when what it tells began
 * @param current whether the incident still belongs to the campaign
 */
public record StoryLine(Instant at, SiteKey site, IncidentId incident, boolean current, String sentence) {}
