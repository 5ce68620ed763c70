// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.life;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.polias.fuse.FusionSettings;
import org.polias.fuse.belief.Source;
import org.polias.fuse.site.SiteModel;
import org.polias.fuse.site.Spot;
import org.polias.model.city.SiteClass;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionDomain;
import org.polias.model.detection.EntityRef;
import org.polias.model.id.IncidentId;
import org.polias.model.id.StableHash;
import org.polias.model.incident.Incident;

/**
 * Evidence that belongs together: tentative until it convinces, then an incident, whose published form is {@link #incident}.
 *
 * @param incident the fold of what was published; absent while tentative
 * @param startedAt the event time of the earliest evidence
 * @param lastEvidenceAt the event time of the latest evidence
 * @param lastClaimAt when evidence arrived last
 * @param beganAt when its first evidence arrived
 * @param closedAt when it was resolved, dismissed or merged
 * @param siteClass the kind of place as it was when the first evidence came
 * @param sources what claimed something, in the order in which it first did
 * @param spans when each field had evidence
 * @param entities what the evidence is about, the first that came
 * @param sketch which sources there may be among {@code sources}
 * @param dueAt when what its sources claimed since it was last published is to be published; empty where all of it was
 * @param apart keys of sources that an operator judged not to belong to it
 * @param support which hypotheses the evidence speaks for, as shares that add up to 1, in the order of the types; empty while
 *     not weighed
 */
public record Case(
        IncidentId id,
        Optional<Incident> incident,
        Instant startedAt,
        Instant lastEvidenceAt,
        Instant lastClaimAt,
        Instant beganAt,
        Optional<Instant> closedAt,
        SiteClass siteClass,
        List<Source> sources,
        List<Span> spans,
        List<EntityRef> entities,
        List<Double> support,
        Spot spot,
        SourceSketch sketch,
        Optional<Instant> dueAt,
        List<String> apart) {

    /** So many verdicts are kept to. */
    private static final int MOST_APART = 200;

    public Case {
        apart = List.copyOf(apart);
        sources = List.copyOf(sources);
        spans = List.copyOf(spans);
        entities = List.copyOf(entities);
        support = List.copyOf(support);
    }

    /** A tentative case with one claim, not yet weighed. */
    public static Case begin(IncidentId id, Detection detection, Instant at, SiteModel site, FusionSettings settings) {
        Source source = Source.begin(detection, at, site, settings.maxReferences());
        return new Case(
                id,
                Optional.empty(),
                detection.time(),
                detection.time(),
                at,
                at,
                Optional.empty(),
                site.siteClass(),
                List.of(source),
                List.of(new Span(detection.type().domain(), detection.time(), detection.time(), source.active())),
                entities(List.of(), detection.entities(), settings.maxEntities()),
                List.of(),
                source.spot(),
                SourceSketch.EMPTY.with(source.key()),
                Optional.empty(),
                List.of());
    }

    /** The id of an incident that begins with {@code detection}; {@code attempt} counts from 0 where ids collide. */
    public static IncidentId idOf(Detection detection, int attempt) {
        long hash = new StableHash()
                .add("incident")
                .add(detection.site().text())
                .add(detection.id().value())
                .add(attempt)
                .value();
        return new IncidentId("I-" + StableHash.base32(hash, 12));
    }

    /** The id of what is split off {@code whole} by the event with this number; {@code attempt} counts from 0 where ids collide. */
    public static IncidentId idOfPart(IncidentId whole, long sequence, int attempt) {
        long hash = new StableHash()
                .add("part")
                .add(whole.value())
                .add(sequence)
                .add(attempt)
                .value();
        return new IncidentId("I-" + StableHash.base32(hash, 12));
    }

    /** The published form, of a case that has one. */
    public Incident published() {
        return incident.orElseThrow(
                () -> new IllegalStateException("Case %s is tentative: it has no incident.".formatted(id)));
    }

    /** The source with this key. */
    public Optional<Source> findSource(String key) {
        if (!sketch.mayHave(key)) {
            return Optional.empty();
        }
        for (Source source : sources) {
            if (source.key().equals(key)) {
                return Optional.of(source);
            }
        }
        return Optional.empty();
    }

    /** The case with one more claim, to be weighed again. */
    public Case claiming(Detection detection, Instant at, SiteModel site, FusionSettings settings) {
        List<Source> claimed = new ArrayList<>(sources.size() + 1);
        claimed.addAll(sources);
        claim(claimed, detection, at, site, settings);
        Draft next = new Draft(this);
        next.startedAt = earlier(startedAt, detection.time());
        next.lastEvidenceAt = later(lastEvidenceAt, detection.time());
        next.lastClaimAt = at;
        next.sources = claimed;
        next.spans = spans(spans, claimed, detection.type().domain(), detection.time());
        next.entities = entities(entities, detection.entities(), settings.maxEntities());
        next.sketch = claimed.size() == sources.size()
                ? sketch
                : sketch.with(claimed.getLast().key());
        return next.toCase();
    }

    /** The case with {@code changed} in the places of those of its sources that have the same keys. */
    public Case replacing(List<Source> changed) {
        if (changed.isEmpty()) {
            return this;
        }
        Draft next = new Draft(this);
        next.sources = new ArrayList<>(sources);
        for (Source source : changed) {
            next.sources.set(indexOf(next.sources, source.key()), source);
        }
        return next.toCase();
    }

    /** The key of the source under which {@code detection} is counted here. */
    public String sourceKeyFor(Detection detection, FusionSettings settings) {
        String key = Source.keyOf(detection);
        return sources.size() < settings.maxSources() || findSource(key).isPresent()
                ? key
                : Source.overflowKey(detection.type());
    }

    /** The case with all of {@code other}'s evidence, to be weighed again; the same source's claims become one. */
    public Case absorbing(Case other, FusionSettings settings) {
        List<Source> next = new ArrayList<>(sources);
        for (Source source : other.sources) {
            int index = indexOf(next, source.key());
            if (index >= 0) {
                next.set(index, next.get(index).and(source, settings.maxReferences()));
            } else if (next.size() < settings.maxSources() || source.overflow()) {
                next.add(source);
            } else {
                Source further = source.asOverflow();
                int overflow = indexOf(next, further.key());
                if (overflow >= 0) {
                    next.set(overflow, next.get(overflow).and(further, settings.maxReferences()));
                } else {
                    next.add(further);
                }
            }
        }
        List<Span> nextSpans = spans;
        for (Span span : other.spans) {
            nextSpans = spans(nextSpans, next, span.domain(), span.first());
            nextSpans = spans(nextSpans, next, span.domain(), span.last());
        }
        Draft joined = new Draft(this);
        joined.startedAt = earlier(startedAt, other.startedAt);
        joined.lastEvidenceAt = later(lastEvidenceAt, other.lastEvidenceAt);
        joined.lastClaimAt = later(lastClaimAt, other.lastClaimAt);
        joined.beganAt = earlier(beganAt, other.beganAt);
        joined.sources = next;
        joined.spans = nextSpans;
        joined.entities = entities(entities, other.entities, settings.maxEntities());
        joined.sketch = SourceSketch.of(next);
        joined.apart = lastOf(Stream.concat(apart.stream(), other.apart.stream())
                .distinct()
                .filter(key -> indexOf(next, key) < 0)
                .toList());
        return joined.toCase();
    }

    /** What is left of the case when the sources with these keys are another's, to be weighed again; they stay apart from it. */
    public Case without(List<String> keys) {
        return keeping(
                id,
                incident,
                sources.stream().filter(source -> !keys.contains(source.key())).toList(),
                keys);
    }

    /** The sources with these keys as a case of its own under {@code newId}, to be weighed; the others stay apart from it. */
    public Case only(List<String> keys, IncidentId newId) {
        return keeping(
                newId,
                Optional.empty(),
                sources.stream().filter(source -> keys.contains(source.key())).toList(),
                sources.stream()
                        .map(Source::key)
                        .filter(key -> !keys.contains(key))
                        .toList());
    }

    private Case keeping(IncidentId newId, Optional<Incident> as, List<Source> kept, List<String> others) {
        Draft next = new Draft(this);
        next.id = newId;
        next.incident = as;
        next.sources = kept;
        next.spans = List.of();
        next.startedAt = kept.getFirst().firstKnown();
        next.lastEvidenceAt = kept.getFirst().last();
        for (Source source : kept) {
            next.spans = spans(next.spans, kept, source.type().domain(), source.firstKnown());
            next.spans = spans(next.spans, kept, source.type().domain(), source.last());
            next.startedAt = earlier(next.startedAt, source.firstKnown());
            next.lastEvidenceAt = later(next.lastEvidenceAt, source.last());
        }
        // Whose sensor is not among the sources any more is not what it is about; what else they named cannot be told
        // apart.
        next.entities = entities.stream()
                .filter(entity -> !entity.kind().equals(EntityRef.SENSOR)
                        || kept.stream().anyMatch(source -> source.sensor().equals(Optional.of(entity.value()))))
                .toList();
        next.support = List.of();
        next.sketch = SourceSketch.of(kept);
        next.dueAt = Optional.empty();
        next.apart =
                lastOf(Stream.concat(apart.stream(), others.stream()).distinct().toList());
        return next.toCase();
    }

    private static List<String> lastOf(List<String> keys) {
        return keys.subList(Math.max(0, keys.size() - MOST_APART), keys.size());
    }

    /** Whether an operator judged that the source with this key does not belong here. */
    public boolean keepsApart(String key) {
        return !apart.isEmpty() && apart.contains(key);
    }

    /** The case as it was published. */
    public Case publishedAs(Incident published) {
        Draft next = new Draft(this);
        next.incident = Optional.of(published);
        return next.toCase();
    }

    /** The case with what its evidence speaks for, and placed where the sources are that speak for it. */
    public Case supporting(List<Double> nextSupport) {
        Draft next = new Draft(this);
        next.support = nextSupport;
        next.spot = Spots.of(sources, nextSupport);
        next.dueAt = Optional.empty();
        return next.toCase();
    }

    /** The case, of which there is more to be published at {@code due}, or sooner where it said so already. */
    public Case publishing(Instant due) {
        if (dueAt.isPresent() && !dueAt.get().isAfter(due)) {
            return this;
        }
        Draft next = new Draft(this);
        next.dueAt = Optional.of(due);
        return next.toCase();
    }

    /** The case as it is remembered once closed: what the operator knew is marked as judged. */
    public Case closed(Instant at) {
        return closing(at, sources.stream().map(Source::judgedNow).toList());
    }

    /** The case as it is remembered once another has its evidence. */
    public Case emptied(Instant at) {
        return closing(at, List.of());
    }

    /** The case taken up again at {@code at}, which counts as news of it. */
    public Case reopened(Instant at) {
        Draft next = new Draft(this);
        next.lastClaimAt = at;
        next.closedAt = Optional.empty();
        next.dueAt = Optional.empty();
        return next.toCase();
    }

    /** Whether there is evidence of this field in it. */
    public boolean isOf(DetectionDomain domain) {
        for (Span span : spans) {
            if (span.domain() == domain) {
                return true;
            }
        }
        return false;
    }

    /** Whether a condition lasts that was reported within {@code staleAfter} before {@code now}. */
    public boolean lasts(Instant now, Duration staleAfter) {
        Instant freshSince = now.minus(staleAfter);
        for (Source source : sources) {
            if (source.lastsSince(freshSince)) {
                return true;
            }
        }
        return false;
    }

    private Case closing(Instant at, List<Source> left) {
        Draft next = new Draft(this);
        next.closedAt = Optional.of(at);
        next.sources = left;
        next.sketch = SourceSketch.of(left);
        return next.toCase();
    }

    private void claim(List<Source> next, Detection detection, Instant at, SiteModel site, FusionSettings settings) {
        String key = sourceKeyFor(detection, settings);
        int index = indexOf(next, key);
        if (index >= 0) {
            next.set(index, next.get(index).claiming(detection, at, site, settings.maxReferences()));
        } else {
            next.add(
                    key.equals(Source.keyOf(detection))
                            ? Source.begin(detection, at, site, settings.maxReferences())
                            : Source.beginOverflow(detection, at, site, settings.maxReferences()));
            index = next.size() - 1;
        }
        if (next.get(index).tellsApart()) {
            shareOut(next, next.get(index));
        }
    }

    /**
     * A sensor that takes sixty bangs for fireworks and three for shots has not heard three shots as one that heard nothing else: of what it
     * tells apart each counts by its share, the last claim's kind and the others.
     */
    private static void shareOut(List<Source> sources, Source claimed) {
        long all = 0;
        for (Source source : sources) {
            if (source.tellsApart() && source.sensor().equals(claimed.sensor())) {
                all += source.count();
            }
        }
        for (int i = 0; i < sources.size(); i++) {
            Source source = sources.get(i);
            if (source.tellsApart() && source.sensor().equals(claimed.sensor())) {
                sources.set(i, source.sharing((double) source.count() / all));
            }
        }
    }

    private static int indexOf(List<Source> sources, String key) {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).key().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private static List<Span> spans(List<Span> before, List<Source> sources, DetectionDomain domain, Instant time) {
        boolean lasts = false;
        for (Source source : sources) {
            lasts |= source.active() && source.type().domain() == domain;
        }
        List<Span> next = new ArrayList<>(before);
        for (int i = 0; i < next.size(); i++) {
            if (next.get(i).domain() == domain) {
                next.set(i, next.get(i).with(time, lasts));
                return next;
            }
        }
        next.add(new Span(domain, time, time, lasts));
        return next;
    }

    private static List<EntityRef> entities(List<EntityRef> before, List<EntityRef> more, int limit) {
        List<EntityRef> next = before;
        for (EntityRef entity : more) {
            if (next.size() < limit && !entity.value().isBlank() && !next.contains(entity)) {
                if (next == before) {
                    next = new ArrayList<>(before);
                }
                next.add(entity);
            }
        }
        return next;
    }

    private static Instant earlier(Instant a, Instant b) {
        return b.isBefore(a) ? b : a;
    }

    private static Instant later(Instant a, Instant b) {
        return b.isAfter(a) ? b : a;
    }

    /** The next case while it is being made: what is not changed stays. */
    private static final class Draft {
        private final Case before;
        private IncidentId id;
        private Optional<Incident> incident;
        private Instant startedAt;
        private Instant lastEvidenceAt;
        private Instant lastClaimAt;
        private Instant beganAt;
        private Optional<Instant> closedAt;
        private List<Source> sources;
        private List<Span> spans;
        private List<EntityRef> entities;
        private List<Double> support;
        private Spot spot;
        private SourceSketch sketch;
        private Optional<Instant> dueAt;
        private List<String> apart;

        Draft(Case before) {
            this.before = before;
            id = before.id;
            incident = before.incident;
            startedAt = before.startedAt;
            lastEvidenceAt = before.lastEvidenceAt;
            lastClaimAt = before.lastClaimAt;
            beganAt = before.beganAt;
            closedAt = before.closedAt;
            sources = before.sources;
            spans = before.spans;
            entities = before.entities;
            support = before.support;
            spot = before.spot;
            sketch = before.sketch;
            dueAt = before.dueAt;
            apart = before.apart;
        }

        Case toCase() {
            return new Case(
                    id,
                    incident,
                    startedAt,
                    lastEvidenceAt,
                    lastClaimAt,
                    beganAt,
                    closedAt,
                    before.siteClass,
                    sources,
                    spans,
                    entities,
                    support,
                    spot,
                    sketch,
                    dueAt,
                    apart);
        }
    }
}
