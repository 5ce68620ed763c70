// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
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
import org.polias.model.campaign.CampaignStatus;
import org.polias.model.campaign.FormerMember;
import org.polias.model.event.Step;
import org.polias.model.id.CampaignId;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;

/** One step of the city level while it is being taken. */
final class CityTurn {

    private static final Comparator<Campaign> OLDEST_FIRST =
            Comparator.comparing(Campaign::openedAt).thenComparing(Campaign::id);

    private final CitySettings settings;
    private final CityState before;
    private final Neighbourhood live;
    private final Memory memory;
    private final Map<CampaignId, Campaign> campaigns = new LinkedHashMap<>();
    private final Map<SiteKey, String> names = new HashMap<>();
    private final Ties ties;
    private final double openAt;
    private final double endBelow;
    private final List<CampaignEvent> events = new ArrayList<>();
    private boolean changed;

    CityTurn(CityState before, CitySettings settings) {
        this.settings = settings;
        this.before = before;
        live = new Neighbourhood(before.live(), before.index(), settings.neighbours());
        memory = new Memory(before.closed(), before.usual());
        before.campaigns().forEach(one -> campaigns.put(one.id(), one));
        before.sites().forEach(site -> names.put(site.key(), site.name()));
        ties = new Ties(settings, before.sites().size(), memory::dismissals);
        openAt = logit(settings.openAt());
        endBelow = logit(settings.endBelow());
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
        live.live().forEach(incident -> all.add(incident.id()));
        join(all, campaigns.keySet(), at);
    }

    /** Takes what an incident has become. */
    void take(CityIncident next) {
        expire(next.changedAt());
        int place = live.indexOf(next.id());
        Optional<CityIncident> known = place < 0 ? Optional.empty() : Optional.of(live.live().get(place));
        Optional<Closed> over = memory.find(next.id());
        long last = known.map(CityIncident::sequence).or(() -> over.map(Closed::sequence)).orElse(0L);
        if (next.sequence() <= last) {
            return;
        }
        changed = true;
        if (known.isPresent() && next.isLive() && next.hasTiesOf(known.get())) {
            live.replace(next);
            if (!next.readsLike(known.get())) {
                campaignOf(next.id()).ifPresent(campaign -> join(membersOf(campaign), Set.of(campaign), next.changedAt()));
            }
            return;
        }
        SortedSet<IncidentId> seeds = new TreeSet<>();
        known.ifPresent(earlier -> {
            seeds.addAll(live.of(earlier));
            live.remove(earlier);
        });
        over.ifPresent(earlier -> seeds.addAll(forget(earlier)));
        if (next.isLive()) {
            live.add(next);
            seeds.addAll(live.of(next));
        } else {
            seeds.addAll(remember(Closed.of(next)));
        }
        seeds.add(next.id());
        seeds.addAll(giveWay());
        join(seeds, campaignOf(next.id()).map(Set::of).orElse(Set.of()), next.changedAt());
    }

    /** Forgets what was closed so long before {@code now} that it is not remembered. */
    void expire(Instant now) {
        Instant until = now.minus(settings.remembered());
        List<Closed> old = memory.listClosedUntil(until);
        for (Closed one : old) {
            changed = true;
            SortedSet<IncidentId> seeds = forget(one);
            if (!seeds.isEmpty()) {
                join(seeds, Set.of(), one.closedAt().plus(settings.remembered()));
            }
        }
    }

    private SortedSet<IncidentId> giveWay() {
        SortedSet<IncidentId> seeds = new TreeSet<>();
        while (live.size() > settings.maxLive()) {
            CityIncident oldest = live.live().stream()
                    .min(Comparator.comparing(CityIncident::changedAt).thenComparing(CityIncident::id))
                    .orElseThrow();
            seeds.addAll(live.of(oldest));
            seeds.add(oldest.id());
            live.remove(oldest);
            remember(Closed.of(oldest));
        }
        return seeds;
    }

    /** Remembers what was closed; those that are seen in another light by it. */
    private SortedSet<IncidentId> remember(Closed one) {
        SortedSet<IncidentId> seeds = new TreeSet<>();
        memory.add(one);
        seeds.addAll(live.having(one.actors()));
        while (memory.size() > settings.maxClosed()) {
            seeds.addAll(forget(memory.oldest()));
        }
        return seeds;
    }

    private SortedSet<IncidentId> forget(Closed one) {
        memory.remove(one);
        return live.having(one.actors());
    }

    // --- Joining ---

    /** Asks what {@code seeds} are tied to by now, and tells what that makes of the campaigns that it concerns. */
    private void join(Collection<IncidentId> seeds, Set<CampaignId> concerned, Instant at) {
        Map<IncidentId, CampaignId> in = new HashMap<>();
        campaigns.values().forEach(campaign -> campaign.members()
                .forEach(member -> in.put(member.incident(), campaign.id())));
        SortedSet<IncidentId> from = new TreeSet<>(seeds);
        Set<CampaignId> affected = new HashSet<>(concerned);
        for (IncidentId seed : seeds) {
            Optional.ofNullable(in.get(seed)).ifPresent(affected::add);
        }
        affected.forEach(id -> from.addAll(membersOf(id)));
        Search search = new Search(in);
        List<Cluster> clusters = new ArrayList<>();
        for (IncidentId seed : from) {
            if (live.indexOf(seed) >= 0) {
                clusters.addAll(search.from(seed));
            }
        }
        for (IncidentId reached : search.reached) {
            Optional.ofNullable(in.get(reached)).ifPresent(affected::add);
        }
        publish(clusters, affected, at);
    }

    /** Looks for what hangs together. */
    private final class Search {

        private final Map<IncidentId, CampaignId> in;
        private final Set<IncidentId> reached = new HashSet<>();

        Search(Map<IncidentId, CampaignId> in) {
            this.in = in;
        }

        /** The clusters of the incidents that are connected with {@code seed}; none if they were looked for already. */
        List<Cluster> from(IncidentId seed) {
            if (!reached.add(seed)) {
                return List.of();
            }
            List<CityIncident> members = new ArrayList<>();
            List<Tie> holding = new ArrayList<>();
            List<Tie> refused = new ArrayList<>();
            Deque<CityIncident> next = new ArrayDeque<>();
            next.add(live.get(seed));
            while (!next.isEmpty()) {
                CityIncident one = next.remove();
                members.add(one);
                for (IncidentId id : live.of(one)) {
                    CityIncident other = live.get(id);
                    Optional<Tie> tie = ties.between(one, other);
                    if (tie.isPresent()) {
                        boolean once = tie.get().first() == one;
                        if (holds(tie.get())) {
                            if (once) {
                                holding.add(tie.get());
                            }
                            if (reached.add(id)) {
                                next.add(other);
                            }
                        } else if (once) {
                            refused.add(tie.get());
                        }
                    }
                }
            }
            List<Cluster> found = new ArrayList<>(1);
            split(members, holding, refused, found);
            return found;
        }

        /** What was held together needs less to stay so than what was not. */
        private boolean holds(Tie tie) {
            CampaignId one = in.get(tie.first().id());
            boolean together = one != null && one.equals(in.get(tie.second().id()));
            return tie.logOdds() >= (together ? endBelow : openAt);
        }

        /** The members as one cluster; where what speaks against it is too much, as the parts without the weakest tie. */
        private void split(List<CityIncident> members, List<Tie> holding, List<Tie> refused, List<Cluster> found) {
            if (members.size() < 2) {
                return;
            }
            Set<IncidentId> ids = new HashSet<>();
            members.forEach(member -> ids.add(member.id()));
            Cluster cluster = Cluster.of(members, among(ids, holding), among(ids, refused));
            boolean known = cluster.tree().stream().anyMatch(tie -> {
                CampaignId one = in.get(tie.first().id());
                return one != null && one.equals(in.get(tie.second().id()));
            });
            if (cluster.logOdds() >= (known ? endBelow : openAt)) {
                found.add(cluster);
                return;
            }
            for (List<CityIncident> part : cluster.withoutWeakestTie()) {
                split(part, holding, refused, found);
            }
        }

        private static List<Tie> among(Set<IncidentId> ids, List<Tie> all) {
            return all.stream()
                    .filter(tie -> ids.contains(tie.first().id())
                            && ids.contains(tie.second().id()))
                    .toList();
        }
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
        Map<Cluster, CampaignId> named = new HashMap<>();
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
        return campaigns.get(id).members().stream().map(CampaignMember::incident).toList();
    }

    private static double logit(double probability) {
        return StrictMath.log(probability / (1 - probability));
    }
}
