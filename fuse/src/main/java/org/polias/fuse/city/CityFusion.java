// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

import org.polias.model.Sorted;
import org.polias.model.campaign.Campaign;
import org.polias.model.campaign.CampaignEvent;
import org.polias.model.campaign.CampaignStatus;
import org.polias.model.event.Step;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;
import org.polias.model.incident.Incident;

/**
 * Fusion of a city: a pure fold from the incidents of all sites of one tenant to campaigns.
 *
 * <p>What is told waits for {@link CitySettings#lateness}, and is then taken in the order of its time: whatever order it came in, the
 * result is the same. Of one incident the highest sequence counts, so that what is told again changes nothing. What comes later than
 * that is taken at once.
 *
 * <p>Two incidents are tied where the sum of what ties them ({@link Ties}) reaches a threshold, which is lower for two that were together
 * before; incidents that hang together are a campaign ({@link Cluster}). An incident is compared with its {@link Neighbourhood} only.
 */
public final class CityFusion {

    private static final Comparator<CityIncident> BY_TIME = Comparator.comparing(CityIncident::changedAt)
            .thenComparing(CityIncident::id)
            .thenComparingLong(CityIncident::sequence);

    private final CitySettings settings;

    public CityFusion(CitySettings settings) {
        this.settings = settings;
    }

    /** One step. Input that changes nothing returns {@code state} itself. */
    public Step<CityState, CampaignEvent> on(CityState state, CityInput input) {
        return switch (input) {
            case CityInput.Configured configured -> configured(state, configured.site());
            case CityInput.Known known -> known(state, known.incident());
            case CityInput.Ticked ticked -> pass(state, later(state.clock(), ticked.at()), state.waiting());
        };
    }

    /**
     * The state after a restart: as if everything had been told from the beginning.
     *
     * @param incidents the live ones, and those closed of which something is remembered
     * @param open the campaigns that were open
     * @return what is believed, and what changes of it what was open
     */
    public Step<CityState, CampaignEvent> resume(
            Collection<CitySite> sites, Collection<Incident> incidents, Collection<Campaign> open) {
        CityState known = CityState.EMPTY;
        for (CitySite site : sites) {
            known = configured(known, site).state();
        }
        SortedMap<IncidentId, CityIncident> told = new TreeMap<>();
        for (Incident incident : incidents) {
            // One may be among the live and, asked a moment later, among the closed.
            told.merge(
                    incident.id(),
                    CityIncident.of(incident, addresses(known, incident.site())),
                    (one, other) -> one.sequence() >= other.sequence() ? one : other);
        }
        Optional<Instant> clock =
                told.values().stream().map(CityIncident::changedAt).max(Comparator.naturalOrder());
        if (clock.isEmpty() && open.isEmpty()) {
            return Step.silent(known);
        }
        Instant at = clock.orElseGet(() -> open.stream()
                .map(Campaign::changedAt)
                .max(Comparator.naturalOrder())
                .orElseThrow());
        CityTurn turn = new CityTurn(known, settings);
        turn.adopt(open.stream()
                .filter(campaign -> campaign.status() == CampaignStatus.OPEN)
                .toList());
        told.values().stream().sorted(BY_TIME).forEach(turn::place);
        turn.joinAll(at);
        turn.expire(at.minus(settings.lateness()));
        return turn.end(Optional.of(at), List.of());
    }

    private Step<CityState, CampaignEvent> configured(CityState state, CitySite site) {
        List<CitySite> sites = new ArrayList<>(state.sites());
        sites.removeIf(known -> known.key().equals(site.key()));
        sites.add(site);
        sites.sort(Comparator.comparing(CitySite::key));
        if (sites.equals(state.sites())) {
            return Step.silent(state);
        }
        CityState next = new CityState(
                state.clock(),
                state.waiting(),
                sites,
                state.live(),
                state.closed(),
                state.index(),
                state.links(),
                state.usual(),
                state.campaigns());
        if (state.live().isEmpty() || state.clock().isEmpty()) {
            return Step.silent(next);
        }
        CityTurn turn = new CityTurn(next, settings);
        turn.joinAll(state.clock().get());
        return turn.end(next.clock(), next.waiting());
    }

    private Step<CityState, CampaignEvent> known(CityState state, Incident incident) {
        CityIncident told = CityIncident.of(incident, addresses(state, incident.site()));
        int place = Collections.binarySearch(state.waiting(), told, BY_TIME);
        if (place >= 0) {
            return Step.silent(state);
        }
        List<CityIncident> waiting = new ArrayList<>(state.waiting());
        waiting.add(-place - 1, told);
        return pass(state, later(state.clock(), told.changedAt()), waiting);
    }

    private Step<CityState, CampaignEvent> pass(CityState state, Instant clock, List<CityIncident> waiting) {
        if (waiting == state.waiting() && state.clock().equals(Optional.of(clock))) {
            return Step.silent(state);
        }
        Instant until = clock.minus(settings.lateness());
        CityTurn turn = new CityTurn(state, settings);
        int taken = 0;
        while (taken < waiting.size() && !waiting.get(taken).changedAt().isAfter(until)) {
            turn.take(waiting.get(taken));
            taken++;
        }
        turn.expire(until);
        List<CityIncident> left = waiting.subList(taken, waiting.size());
        boolean same = !turn.isChanged() && left.size() == state.waiting().size() && left.equals(state.waiting());
        return same && state.clock().equals(Optional.of(clock))
                ? Step.silent(state)
                : turn.end(Optional.of(clock), left);
    }

    private static Instant later(Optional<Instant> clock, Instant at) {
        return clock.isPresent() && clock.get().isAfter(at) ? clock.get() : at;
    }

    private static SortedSet<String> addresses(CityState state, SiteKey site) {
        for (CitySite known : state.sites()) {
            if (known.key().equals(site)) {
                return known.addresses();
            }
        }
        return Sorted.copyOf(List.<String>of());
    }
}
