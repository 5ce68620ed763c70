// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import org.polias.model.campaign.Campaign;
import org.polias.model.campaign.CampaignEvent;
import org.polias.model.campaign.CampaignMember;
import org.polias.model.campaign.FormerMember;
import org.polias.model.event.Step;
import org.polias.model.id.CampaignId;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;

/** One step of the city level while it is being taken. */
final class CityTurn {

    private static final Comparator<Campaign> OLDEST_FIRST =
            Comparator.comparing(Campaign::openedAt).thenComparing(Campaign::id);

    /** So often it is asked anew what hangs together by what was just joined; it settles at once but for rare rings of weak ties. */
    private static final int MOST_ROUNDS = 8;

    private final CitySettings settings;
    private final CityState before;
    private final Neighbourhood live;
    private final Memory memory;
    private final Map<CampaignId, Campaign> campaigns = new LinkedHashMap<>();
    private final Map<SiteKey, String> names = new HashMap<>();
    private final double openAt;
    private final double endBelow;
    private final List<CampaignEvent> events = new ArrayList<>();
    private boolean changed;

    CityTurn(CityState before, CitySettings settings) {
        this.settings = settings;
        this.before = before;
        memory = new Memory(before.closed(), before.usual());
        before.campaigns().forEach(one -> campaigns.put(one.id(), one));
        before.sites().forEach(site -> names.put(site.key(), site.name()));
        openAt = logit(settings.openAt());
        endBelow = logit(settings.endBelow());
        live = new Neighbourhood(
                before, new Ties(settings, before.sites().size(), memory::dismissals), settings.neighbours(), endBelow);
    }

    /** Whether anything was done that has an effect. */
    boolean isChanged() {
        return changed;
    }

    /** What came of it. */
    Step<CityState, CampaignEvent> end(Optional<Instant> clock, List<CityIncident> waiting) {
        return new Step<>(
                new CityState(
                        clock,
                        waiting,
                        before.sites(),
                        live.live(),
                        memory.closed(),
                        live.index(),
                        live.links(),
                        memory.usual(),
                        campaigns.values().stream().sorted(OLDEST_FIRST).toList()),
                events);
    }

    /** Takes the campaigns that were open when the platform stopped. */
    void adopt(Collection<Campaign> known) {
        known.forEach(campaign -> campaigns.put(campaign.id(), campaign));
    }

    /** Takes an incident without asking yet what it is tied to. */
    void place(CityIncident incident) {
        if (incident.isLive()) {
            live.add(incident);
        } else {
            remember(Closed.of(incident));
        }
    }

    /** Asks of every live incident what it is tied to. */
    void joinAll(Instant at) {
        SortedSet<IncidentId> all = new TreeSet<>();
        for (CityIncident incident : live.live()) {
            live.link(incident);
            all.add(incident.id());
        }
        join(all, campaigns.keySet(), at);
    }

    /** Takes what an incident has become. */
    void take(CityIncident next) {
        expire(next.changedAt());
        int place = live.indexOf(next.id());
        Optional<CityIncident> known =
                place < 0 ? Optional.empty() : Optional.of(live.live().get(place));
        Optional<Closed> over = memory.find(next.id());
        long last = known.map(CityIncident::sequence)
                .or(() -> over.map(Closed::sequence))
                .orElse(0L);
        if (next.sequence() <= last) {
            return;
        }
        changed = true;
        Optional<CampaignId> campaign = campaignOf(next.id());
        boolean newsOfCampaign = campaign.isPresent();
        if (known.isPresent() && next.isLive()) {
            newsOfCampaign &= !next.readsLike(known.get()) || !next.hasTiesOf(known.get());
            if (next.hasTiesOf(known.get())) {
                live.replace(next);
            } else {
                live.change(known.get(), next);
            }
        } else {
            known.ifPresent(live::remove);
            over.ifPresent(this::forget);
            place(next);
        }
        giveWay();
        join(live.takeTouched(), newsOfCampaign ? campaign.map(Set::of).orElseThrow() : Set.of(), next.changedAt());
    }

    /** Forgets what was closed so long before {@code now} that it is not remembered. */
    void expire(Instant now) {
        Instant until = now.minus(settings.remembered());
        List<Closed> old = memory.listClosedUntil(until);
        for (Closed one : old) {
            changed = true;
            forget(one);
            join(live.takeTouched(), Set.of(), one.closedAt().plus(settings.remembered()));
        }
    }

    private void giveWay() {
        while (live.size() > settings.maxLive()) {
            CityIncident oldest = live.live().stream()
                    .min(Comparator.comparing(CityIncident::changedAt).thenComparing(CityIncident::id))
                    .orElseThrow();
            live.remove(oldest);
            remember(Closed.of(oldest));
        }
    }

    /** Remembers what was closed; whoever it named is seen in another light by it. */
    private void remember(Closed one) {
        memory.add(one);
        relink(one);
        while (memory.size() > settings.maxClosed()) {
            forget(memory.oldest());
        }
    }

    private void forget(Closed one) {
        memory.remove(one);
        relink(one);
    }

    private void relink(Closed one) {
        live.having(one.actors()).forEach(id -> live.link(live.get(id)));
    }

    // --- Joining ---

    /** Asks what {@code touched} hang together with by now, and tells what that makes of the campaigns that it concerns. */
    private void join(SortedSet<IncidentId> touched, Set<CampaignId> concerned, Instant at) {
        if (touched.isEmpty() && concerned.isEmpty()) {
            return;
        }
        Map<IncidentId, CampaignId> in = new HashMap<>();
        campaigns.values().forEach(campaign -> campaign.members()
                .forEach(member -> in.put(member.incident(), campaign.id())));
        Set<CampaignId> affected = new HashSet<>(concerned);
        for (IncidentId one : touched) {
            Optional.ofNullable(in.get(one)).ifPresent(affected::add);
        }
        SortedSet<IncidentId> from = new TreeSet<>(touched);
        affected.forEach(id -> from.addAll(membersOf(id)));
        Map<IncidentId, IncidentId> together = together();
        Search search = new Search(live, together, openAt, endBelow);
        List<Cluster> clusters = search.fromAll(from);
        for (int round = 1; round < MOST_ROUNDS; round++) {
            // Who was joined just now is together, too: what ties them otherwise holds at less, and may tie them
            // better.
            Map<IncidentId, IncidentId> now = together(together, search.reached(), clusters);
            if (now.equals(together)) {
                break;
            }
            together = now;
            search = new Search(live, together, openAt, endBelow);
            clusters = search.fromAll(from);
        }
        for (IncidentId reached : search.reached()) {
            Optional.ofNullable(in.get(reached)).ifPresent(affected::add);
        }
        publish(clusters, affected, at);
    }

    /** Which live incidents are together so far: each by the least id among those with it. */
    private Map<IncidentId, IncidentId> together() {
        Map<IncidentId, IncidentId> together = new HashMap<>();
        for (Campaign campaign : campaigns.values()) {
            List<IncidentId> members = campaign.members().stream()
                    .map(CampaignMember::incident)
                    .filter(id -> live.indexOf(id) >= 0)
                    .toList();
            mark(members, together);
        }
        return together;
    }

    private static Map<IncidentId, IncidentId> together(
            Map<IncidentId, IncidentId> before, Set<IncidentId> reached, List<Cluster> clusters) {
        Map<IncidentId, IncidentId> together = new HashMap<>(before);
        together.keySet().removeAll(reached);
        for (Cluster cluster : clusters) {
            mark(cluster.members().stream().map(CityIncident::id).toList(), together);
        }
        return together;
    }

    private static void mark(List<IncidentId> members, Map<IncidentId, IncidentId> together) {
        members.stream()
                .min(Comparator.naturalOrder())
                .ifPresent(least -> members.forEach(id -> together.put(id, least)));
    }

    // --- Telling ---

    private record Claim(Campaign campaign, Cluster cluster, long kept) {}

    private void publish(List<Cluster> clusters, Set<CampaignId> affected, Instant at) {
        List<Campaign> earlier =
                affected.stream().map(campaigns::get).sorted(OLDEST_FIRST).toList();
        List<Claim> claims = new ArrayList<>();
        for (Campaign campaign : earlier) {
            for (Cluster cluster : clusters) {
                long kept = cluster.members().stream()
                        .filter(member -> campaign.has(member.id()))
                        .count();
                if (kept > 0) {
                    claims.add(new Claim(campaign, cluster, kept));
                }
            }
        }
        // The sort is stable: among equals the oldest campaign keeps its name.
        claims.sort(Comparator.comparingLong(Claim::kept).reversed());
        Map<CampaignId, Cluster> kept = new HashMap<>();
        // By identity: a cluster is all of its incidents, and long to compare.
        Map<Cluster, CampaignId> named = new IdentityHashMap<>();
        for (Claim claim : claims) {
            if (!kept.containsKey(claim.campaign().id()) && !named.containsKey(claim.cluster())) {
                kept.put(claim.campaign().id(), claim.cluster());
                named.put(claim.cluster(), claim.campaign().id());
            }
        }
        List<Campaign> opened = new ArrayList<>();
        for (Cluster cluster : clusters) {
            if (!named.containsKey(cluster)) {
                Campaign campaign = CampaignText.open(cluster, names, at);
                named.put(cluster, campaign.id());
                opened.add(campaign);
            }
        }
        for (Campaign campaign : earlier) {
            Cluster cluster = kept.get(campaign.id());
            if (cluster == null) {
                campaigns.remove(campaign.id());
                Optional<CampaignId> target = claims.stream()
                        .filter(claim -> claim.campaign() == campaign && claim.kept() > 1)
                        .findFirst()
                        .map(claim -> named.get(claim.cluster()));
                events.add(new CampaignEvent.Ended(CampaignText.end(
                        campaign, stillLive(campaign), former(campaign, Set.of(), at), target, names, at)));
            } else {
                Set<IncidentId> staying = new HashSet<>();
                cluster.members().forEach(member -> staying.add(member.id()));
                Campaign next = CampaignText.change(campaign, cluster, former(campaign, staying, at), names, at);
                if (next.revision() != campaign.revision()) {
                    campaigns.put(next.id(), next);
                    events.add(new CampaignEvent.Changed(next));
                }
            }
        }
        for (Campaign campaign : opened) {
            campaigns.put(campaign.id(), campaign);
            events.add(new CampaignEvent.Opened(campaign));
        }
    }

    private Set<IncidentId> stillLive(Campaign campaign) {
        Set<IncidentId> found = new HashSet<>();
        campaign.members().forEach(member -> {
            if (live.indexOf(member.incident()) >= 0) {
                found.add(member.incident());
            }
        });
        return found;
    }

    /** Who has left {@code campaign}, of which {@code staying} are left: of an ended campaign, those that are over. */
    private List<FormerMember> former(Campaign campaign, Set<IncidentId> staying, Instant at) {
        List<FormerMember> former = new ArrayList<>();
        for (FormerMember one : campaign.former()) {
            if (!staying.contains(one.incident())) {
                former.add(one);
            }
        }
        for (CampaignMember member : campaign.members()) {
            Optional<Closed> over = memory.find(member.incident());
            if (!staying.contains(member.incident()) && (!staying.isEmpty() || over.isPresent())) {
                former.add(new FormerMember(
                        member.site(),
                        member.incident(),
                        member.startedAt(),
                        over.map(Closed::closedAt).orElse(at),
                        member.title(),
                        over.map(Closed::reason).orElse(FormerMember.Reason.UNTIED)));
            }
        }
        int surplus = former.size() - settings.maxFormer();
        return surplus > 0 ? former.subList(surplus, former.size()) : former;
    }

    private Optional<CampaignId> campaignOf(IncidentId incident) {
        for (Campaign campaign : campaigns.values()) {
            if (campaign.has(incident)) {
                return Optional.of(campaign.id());
            }
        }
        return Optional.empty();
    }

    private List<IncidentId> membersOf(CampaignId id) {
        return campaigns.get(id).members().stream()
                .map(CampaignMember::incident)
                .toList();
    }

    private static double logit(double probability) {
        return StrictMath.log(probability / (1 - probability));
    }
}
