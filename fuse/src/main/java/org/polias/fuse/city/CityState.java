// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.polias.model.campaign.Campaign;

/**
 * All that the city level remembers of a tenant; bounded by {@link CitySettings}.
 *
 * @param clock the latest time it was told
 * @param waiting what was told within the lateness, in order of time
 * @param sites by their keys
 * @param live incidents that may be tied, by their ids
 * @param closed incidents that no longer count, by their ids
 * @param index what the live incidents have, in order
 * @param links which live incidents are tied, in the order of their ids
 * @param usual who was named by dismissed incidents, in order
 * @param campaigns the open campaigns, in the order in which they opened
 */
public record CityState(
        Optional<Instant> clock,
        List<CityIncident> waiting,
        List<CitySite> sites,
        List<CityIncident> live,
        List<Closed> closed,
        List<Mention> index,
        List<Link> links,
        List<Usual> usual,
        List<Campaign> campaigns) {

    /** Before anything was told. */
    public static final CityState EMPTY = new CityState(
            Optional.empty(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public CityState {
        waiting = List.copyOf(waiting);
        sites = List.copyOf(sites);
        live = List.copyOf(live);
        closed = List.copyOf(closed);
        index = List.copyOf(index);
        links = List.copyOf(links);
        usual = List.copyOf(usual);
        campaigns = List.copyOf(campaigns);
    }
}
