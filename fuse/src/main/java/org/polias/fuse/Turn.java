// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

import org.polias.fuse.association.Association;
import org.polias.fuse.belief.Belief;
import org.polias.fuse.belief.Ledger;
import org.polias.fuse.belief.Opening;
import org.polias.fuse.belief.Source;
import org.polias.fuse.belief.Witnesses;
import org.polias.fuse.criticality.Assessment;
import org.polias.fuse.criticality.Crowd;
import org.polias.fuse.explanation.Absence;
import org.polias.fuse.explanation.Silence;
import org.polias.fuse.explanation.Title;
import org.polias.fuse.language.Phrases;
import org.polias.fuse.learning.Learning;
import org.polias.fuse.life.Answer;
import org.polias.fuse.life.Case;
import org.polias.fuse.life.Periods;
import org.polias.fuse.site.SiteModel;
import org.polias.fuse.site.Spot;
import org.polias.fuse.trust.Roster;
import org.polias.fuse.trust.Trust;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionDomain;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.Phase;
import org.polias.model.event.SiteOutcome;
import org.polias.model.event.Step;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SensorId;
import org.polias.model.incident.Criticality;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.incident.IncidentStatus;
import org.polias.model.incident.LedgerEntry;
import org.polias.model.incident.OperatorCommand;
import org.polias.model.incident.SilentSensor;
import org.polias.model.response.Playbook;

/** One step of fusion while it is being taken. Whatever it publishes is folded into the case at once, so that both agree. */
final class Turn {

    /** What a source may weigh more or less, in nats, without its being news. */
    private static final double LITTLE = 0.25;

    private static final Comparator<Criticality> BY_WEIGHT =
            Comparator.comparing(Criticality::level).thenComparingDouble(Criticality::score);

    private static final Duration VETTED_EVERY = Duration.ofSeconds(10);
    /** A network alert that weighs less, in nats, is one that nobody would act on alone: rules of medium severity and less, of whatever category. */
    private static final double FAINT_ALERT = 2;

    private static final Duration FAINT_ALERTS_GATHER = Duration.ofHours(4);
    private static final int DUE_WITH_A_CLAIM = 1;
    private static final int DUE_WITH_A_TICK = 16;

    private final DefaultFusionState before;
    private final SiteModel site;
    private final Instant at;
    private final FusionSettings settings;
    private final CaseList tentative;
    private final CaseList live;
    private final CaseList closed;
    private List<Answer> answers;
    private Optional<Instant> dueAt;
    private Roster roster;
    private final List<SiteOutcome> outcomes = new ArrayList<>(4);
    private boolean changed;

    Turn(DefaultFusionState before, SiteModel site, Instant at, FusionSettings settings) {
        this.before = before;
        this.site = site;
        this.at = at;
        this.settings = settings;
        tentative = new CaseList(before.tentative());
        live = new CaseList(before.live());
        closed = new CaseList(before.closed());
        answers = before.answers();
        dueAt = before.dueAt();
        roster = before.roster();
    }

    /** The next state, which is the one before if nothing changed, and what was published. */
    Step<DefaultFusionState, SiteOutcome> end() {
        return changed
                ? new Step<>(
                        new DefaultFusionState(
                                before.site(),
                                before.exercise(),
                                tentative.end(),
                                live.end(),
                                closed.end(),
                                answers,
                                before.silent(),
                                dueAt,
                                roster,
                                before.counts(),
                                before.learning()),
                        outcomes)
                : Step.silent(before);
    }

    // --- Evidence ---

    /** Takes a detector's claim to the case to which it belongs, or makes one. */
    void claim(Detection detection) {
        if (detection.phase() != Phase.END) {
            Source.oneSensorOf(detection, site).ifPresent(sensor -> {
                Roster next = roster.claimed(sensor, detection.type(), detection.time(), at);
                changed |= next != roster;
                roster = next;
            });
        }
        assign(corrected(detection));
        publishWhatIsDue(DUE_WITH_A_CLAIM);
    }

    /** The claim as operators' verdicts on earlier ones of its detector let it weigh. */
    private Detection corrected(Detection claimed) {
        double correction = before.learning()
                .map(learning -> Learning.correction(learning, claimed.detector(), claimed.type()))
                .orElse(0.0);
        if (correction == 0 || claimed.phase() == Phase.END) {
            return claimed;
        }
        return new Detection(
                claimed.id(),
                claimed.site(),
                claimed.type(),
                claimed.phase(),
                claimed.detector(),
                claimed.subject(),
                claimed.time(),
                claimed.knownAt(),
                claimed.logLikelihoodRatio() + correction,
                claimed.place(),
                claimed.entities(),
                claimed.evidence(),
                claimed.measures(),
                "%s (By operators' verdicts on this detector it weighs %s.)"
                        .formatted(claimed.summary(), Phrases.signed(correction)));
    }

    private void assign(Detection detection) {
        String key = Source.keyOf(detection);
        if (detection.phase() != Phase.MOMENT && goesOnWhereItBegan(detection, key)) {
            return;
        }
        if (detection.phase() == Phase.END) {
            return;
        }
        Association association = new Association(
                detection.type(),
                detection.time(),
                Spot.of(detection.place(), site.frame()),
                detection.entities(),
                site.area_m2(),
                settings.conditionStaleAfter());
        if (goesOnWhereItIsKnown(detection, key, association)) {
            return;
        }
        association.among(live);
        int bestLive = -1;
        int bestTentative = -1;
        double best = settings.associationThreshold();
        for (int i = 0; i < live.size(); i++) {
            double score = fit(association, live.get(i), key);
            if (score > best) {
                best = score;
                bestLive = i;
            }
        }
        for (int i = 0; i < tentative.size(); i++) {
            double score = fit(association, tentative.get(i), key);
            if (score > best) {
                best = score;
                bestTentative = i;
            }
        }
        if (bestTentative < 0 && bestLive >= 0) {
            takeLive(bestLive, detection);
            return;
        }
        int judged = findJudged(detection, key, association);
        int faint = judged < 0 && bestTentative < 0 ? indexOfFaintAlerts(detection, key) : -1;
        if (judged >= 0) {
            takeSilently(judged, detection);
        } else if (faint >= 0) {
            takeLive(faint, detection);
        } else if (bestTentative >= 0) {
            takeTentative(bestTentative, detection);
        } else {
            Case begun = Case.begin(freshId(attempt -> Case.idOf(detection, attempt)), detection, at, site, settings);
            gathered(detection, begun);
            weigh(doubting(begun, Source.keyOf(detection)));
        }
    }

    /** How well a detection fits a case, to which its source may belong. */
    private static double fit(Association association, Case one, String key) {
        return one.keepsApart(key) ? Double.NEGATIVE_INFINITY : association.with(one);
    }

    /** Takes the progress or end of a condition to the case that knows the condition. */
    private boolean goesOnWhereItBegan(Detection detection, String key) {
        int index = indexOfCondition(live, key);
        if (index >= 0) {
            takeLive(index, detection);
            return true;
        }
        index = indexOfCondition(tentative, key);
        if (index >= 0) {
            takeTentative(index, detection);
            return true;
        }
        index = indexOfCondition(closed, key);
        if (index >= 0
                && (detection.phase() == Phase.END
                        || !isNews(detection, closed.get(index).findSource(key).orElseThrow()))) {
            takeSilently(index, detection);
            return true;
        }
        return false;
    }

    /** Takes what a source says again to the case that knows it, while it fits there; a network sensor tells of many things at once. */
    private boolean goesOnWhereItIsKnown(Detection detection, String key, Association association) {
        if (detection.type().domain() == DetectionDomain.CYBER) {
            return false;
        }
        int index = indexOfKnown(live, key, association);
        if (index >= 0) {
            takeLive(index, detection);
            return true;
        }
        index = indexOfKnown(tentative, key, association);
        if (index >= 0) {
            takeTentative(index, detection);
            return true;
        }
        return false;
    }

    /**
     * The live incident to which a faint alert goes that belongs to nothing: one of the same network sensor which holds nothing but such, for
     * four hours. Each would open an incident of its own that nobody can act on.
     */
    private int indexOfFaintAlerts(Detection detection, String key) {
        if (detection.type() != DetectionType.NETWORK_ALERT || detection.logLikelihoodRatio() >= FAINT_ALERT) {
            return -1;
        }
        for (int i = live.size() - 1; i >= 0; i--) {
            Case one = live.get(i);
            if (one.findSource(key).isPresent() && gathersFaintAlerts(one)) {
                return i;
            }
        }
        return -1;
    }

    private boolean gathersFaintAlerts(Case one) {
        Source only = one.sources().getFirst();
        return one.sources().size() == 1
                && only.type() == DetectionType.NETWORK_ALERT
                && only.strongest() < FAINT_ALERT
                && at.isBefore(one.beganAt().plus(FAINT_ALERTS_GATHER));
    }

    private int indexOfKnown(List<Case> cases, String key, Association association) {
        for (int i = cases.size() - 1; i >= 0; i--) {
            if (cases.get(i).findSource(key).isPresent()
                    && association.with(cases.get(i)) > settings.associationThreshold()) {
                return i;
            }
        }
        return -1;
    }

    private static int indexOfCondition(List<Case> cases, String key) {
        for (int i = cases.size() - 1; i >= 0; i--) {
            Optional<Source> source = cases.get(i).findSource(key);
            if (source.isPresent() && source.get().active()) {
                return i;
            }
        }
        return -1;
    }

    /** The dismissed incident whose operator has judged this already, if there is one; else -1. */
    private int findJudged(Detection detection, String key, Association association) {
        for (int i = closed.size() - 1; i >= 0; i--) {
            Case candidate = closed.get(i);
            Incident incident = candidate.published();
            if (incident.status() == IncidentStatus.DISMISSED
                    && at.isBefore(candidate
                            .closedAt()
                            .orElseThrow()
                            .plus(Periods.dismissed(incident.dismissal().orElseThrow())))) {
                Optional<Source> source = candidate.findSource(key);
                if (source.isPresent()
                        && !isNews(detection, source.get())
                        && association.apartFromTimeWith(candidate) > settings.associationThreshold()) {
                    return i;
                }
            }
        }
        return -1;
    }

    private boolean isNews(Detection detection, Source judged) {
        return detection.logLikelihoodRatio() > judged.judged() + settings.notablyStronger();
    }

    private boolean isKnown(Case known, Detection detection) {
        return known.findSource(known.sourceKeyFor(detection, settings))
                .map(source -> source.hasCounted(detection))
                .orElse(false);
    }

    private void takeLive(int index, Detection detection) {
        Case known = live.get(index);
        if (isKnown(known, detection)) {
            return;
        }
        gathered(detection, known);
        Case next = claiming(known, detection);
        Instant due = due(known, next, detection, known.published().changedAt());
        if (due.isAfter(at)) {
            live.set(index, next.publishing(due));
            willBeDue(due);
            changed = true;
        } else {
            live.set(index, reassessed(next));
        }
    }

    /**
     * When what {@code next} has more than {@code known} is to be published: at once where it is news, a little later where a known source
     * says again what it said, so that a source that talks without pause costs a publication now and then.
     */
    private Instant due(Case known, Case next, Detection detection, Instant lastTold) {
        if (detection.phase() == Phase.BEGIN || detection.phase() == Phase.END) {
            return at;
        }
        String key = known.sourceKeyFor(detection, settings);
        Optional<Source> before = known.findSource(key);
        if (before.isEmpty()) {
            return at;
        }
        double more =
                next.findSource(key).orElseThrow().effective() - before.get().effective();
        Duration wait = Math.abs(more) < LITTLE
                ? settings.publishWithin()
                : settings.publishWithin().dividedBy(4);
        return lastTold.plus(wait);
    }

    private void willBeDue(Instant due) {
        if (dueAt.isEmpty() || dueAt.get().isAfter(due)) {
            dueAt = Optional.of(due);
        }
    }

    /** Publishes what waited for it long enough: at most so many, so that no step takes long. */
    private void publishWhatIsDue(int most) {
        if (dueAt.isEmpty() || dueAt.get().isAfter(at)) {
            return;
        }
        int left = most;
        Optional<Instant> first = Optional.empty();
        for (int i = 0; i < live.size(); i++) {
            Optional<Instant> due = live.get(i).dueAt();
            if (due.isPresent() && left > 0 && !due.get().isAfter(at)) {
                live.set(i, reassessed(live.get(i), false));
                due = live.get(i).dueAt();
                left--;
            }
            if (due.isPresent() && (first.isEmpty() || due.get().isBefore(first.get()))) {
                first = due;
            }
        }
        dueAt = first;
        changed = true;
    }

    private void takeTentative(int index, Detection detection) {
        Case known = tentative.get(index);
        if (isKnown(known, detection)) {
            return;
        }
        gathered(detection, known);
        Case next = claiming(known, detection);
        tentative.remove(index);
        Instant due = due(known, next, detection, known.lastClaimAt());
        if (due.isAfter(at) && (known.dueAt().isEmpty() || known.dueAt().get().isAfter(at))) {
            tentative.add(next.publishing(due));
            changed = true;
        } else {
            weigh(next);
        }
    }

    private void gathered(Detection detection, Case by) {
        if (settings.gathers()) {
            outcomes.add(new SiteOutcome.Gathered(site.key(), detection.id(), by.id()));
            changed = true;
        }
    }

    private Case claiming(Case known, Detection detection) {
        String key = known.sourceKeyFor(detection, settings);
        return doubting(known.claiming(detection, at, site, settings), key);
    }

    /** The case with the doubts there are of the sensor of one of its sources. */
    private Case doubting(Case one, String key) {
        Source source = one.findSource(key).orElseThrow();
        double lies = source.restsOnOneSensor() ? roster.lies(source.sensor().orElseThrow()) : 0;
        return lies == source.lies() ? one : one.replacing(List.of(source.lying(lies)));
    }

    private void takeSilently(int index, Detection detection) {
        Case known = closed.get(index);
        if (!isKnown(known, detection)) {
            gathered(detection, known);
            closed.set(index, claiming(known, detection));
            changed = true;
        }
    }

    private void weighWhatIsDue(int most) {
        int left = most;
        for (Case one : List.copyOf(tentative)) {
            if (left > 0 && one.dueAt().isPresent() && !one.dueAt().get().isAfter(at)) {
                tentative.remove(one);
                weigh(one);
                left--;
            }
        }
    }

    /** Opens an incident if the evidence convinces, else keeps the case as tentative. */
    private void weigh(Case unweighed) {
        changed = true;
        Case vetted = vetted(unweighed);
        List<LedgerEntry> ledger = ledger(vetted);
        Belief belief = Belief.of(ledger);
        Case weighed = waiting(vetted.supporting(belief.support()));
        if (Opening.urge(belief, weighed.isOf(DetectionDomain.CYBER)) >= 1 && makeRoomFor(weighed, belief)) {
            open(weighed, ledger);
            return;
        }
        tentative.add(weighed);
        if (tentative.size() > settings.maxTentative()) {
            tentative.removeFirst();
        }
    }

    // --- Silence and trust ---

    /** The whole ledger: what its sources claim, and who should have noticed and did not. */
    private List<LedgerEntry> ledger(Case one) {
        Instant startedAt = one.incident().map(Incident::startedAt).orElse(one.startedAt());
        List<LedgerEntry> lines = Ledger.all(startedAt, one.siteClass(), one.sources());
        Optional<Absence.Silent> silent = silentFor(one);
        if (silent.isPresent()) {
            lines = new ArrayList<>(lines);
            lines.add(silent.get().line());
        }
        return lines;
    }

    private Optional<Absence.Silent> silentFor(Case one) {
        return at.isBefore(one.beganAt().plus(Absence.PATIENCE))
                ? Optional.empty()
                : Absence.of(one.sources(), one.spot(), site, roster, before.silent());
    }

    /** The case, to be weighed again once the others had time to report what it tells of. */
    private Case waiting(Case one) {
        Instant asked = one.beganAt().plus(Absence.PATIENCE);
        if (!at.isBefore(asked) || one.sources().stream().noneMatch(Source::tellsApart)) {
            return one;
        }
        return one.publishing(asked);
    }

    /** Asks the others whether they bear out what each of its sensors claimed, now and then, and thinks of the sensors accordingly. */
    private Case vetted(Case one) {
        if (at.isBefore(one.beganAt().plus(Absence.PATIENCE))) {
            return one;
        }
        List<Source> asked = new ArrayList<>();
        for (Source source : one.sources()) {
            if (source.tellsApart()
                    && source.count() > source.vetted()
                    && !at.isBefore(source.vettedAt().plus(VETTED_EVERY))) {
                asked.add(source);
            }
        }
        if (asked.isEmpty()) {
            return one;
        }
        double expected = silentFor(one).map(Absence.Silent::expected).orElse(0.0);
        Case next = one;
        for (Source source : asked) {
            Source vetted = vet(source, Witnesses.besides(source, one.sources()), expected, one.id());
            next = next.replacing(List.of(vetted));
            if (vetted.lies() != source.lies()) {
                next = next.replacing(ofSensor(next, vetted.sensor().orElseThrow(), vetted.lies()));
            }
        }
        return next;
    }

    /**
     * Judges a source by how many others bear it out and how many should have and did not: alone where one should have been heard, or
     * few where twice as many and one more should have, it is contradicted.
     */
    private Source vet(Source source, int others, double expected, IncidentId of) {
        double contradicted = 0;
        double borneOut = 0;
        if (others == 0) {
            contradicted = Math.clamp(expected - 0.5, 0, 1);
        } else if (expected >= 2 * others + 1) {
            contradicted = 0.5;
        } else if (expected < others + 1) {
            borneOut = 1;
        }
        Source vetted = source.vettedAt(at);
        if (contradicted == 0 && borneOut == 0) {
            return vetted;
        }
        String sensor = source.sensor().orElseThrow();
        double before = roster.lies(sensor);
        roster = roster.vetted(sensor, contradicted, borneOut, at);
        double lies = roster.lies(sensor);
        if (before < Trust.NAMED_FROM != lies < Trust.NAMED_FROM) {
            boolean doubted = lies >= Trust.NAMED_FROM;
            outcomes.add(new SiteOutcome.TrustChanged(
                    site.key(),
                    new SensorId(sensor),
                    doubted,
                    lies,
                    doubted
                            ? "Again and again it claims what healthy sensors near by do not report: it is believed to lie with %s."
                                    .formatted(Phrases.percent(lies))
                            : "Others bear out what it claims: it is believed again.",
                    at));
            believeAnew(sensor, lies, of);
        }
        return vetted.lying(lies);
    }

    /** Weighs what a sensor said elsewhere by what is thought of it now. */
    private void believeAnew(String sensor, double lies, IncidentId apartFrom) {
        for (int i = 0; i < live.size(); i++) {
            Case one = live.get(i);
            List<Source> ofIt = ofSensor(one, sensor, lies);
            if (!ofIt.isEmpty() && !one.id().equals(apartFrom)) {
                live.set(i, reassessedWhole(one.replacing(ofIt)));
            }
        }
        for (int i = 0; i < tentative.size(); i++) {
            // Of none of them anything was published: they are weighed by it when they are weighed next.
            tentative.set(i, tentative.get(i).replacing(ofSensor(tentative.get(i), sensor, lies)));
        }
    }

    private static List<Source> ofSensor(Case one, String sensor, double lies) {
        List<Source> ofIt = new ArrayList<>();
        for (Source source : one.sources()) {
            if (source.sensor().isPresent() && source.sensor().get().equals(sensor) && source.lies() != lies) {
                ofIt.add(source.lying(lies));
            }
        }
        return ofIt;
    }

    /** Whether there is room for one more live incident: the least critical gives way if this one matters more. */
    private boolean makeRoomFor(Case coming, Belief belief) {
        if (live.size() < settings.maxLive()) {
            return true;
        }
        int least = leastCritical(-1);
        if (BY_WEIGHT.compare(assessment(belief, coming), criticality(live.get(least))) <= 0) {
            return false;
        }
        resolve(
                least,
                Periods.PLATFORM,
                "%d incidents are live: the least critical gave way to a graver one.".formatted(live.size()));
        return true;
    }

    /** The index of the live incident that matters least, another than {@code except}; -1 if there is none. */
    private int leastCritical(int except) {
        int least = -1;
        for (int i = 0; i < live.size(); i++) {
            if (i != except
                    && (least < 0 || BY_WEIGHT.compare(criticality(live.get(i)), criticality(live.get(least))) < 0)) {
                least = i;
            }
        }
        return least;
    }

    private static Criticality criticality(Case one) {
        return one.published().criticality().orElseThrow();
    }

    private void open(Case weighed, List<LedgerEntry> ledger) {
        IncidentEvent.Opened opened = new IncidentEvent.Opened(
                weighed.id(), 1, at, site.key(), weighed.startedAt(), site.simulated(), before.exercise());
        publish(opened);
        live.add(reassessed(weighed.publishedAs(Incident.begin(opened)), ledger, List.of()));
    }

    /** The first of the ids by attempts, from 0, that no case has. */
    private IncidentId freshId(IntFunction<IncidentId> byAttempt) {
        for (int attempt = 0; ; attempt++) {
            IncidentId id = byAttempt.apply(attempt);
            if (indexOf(live, id) < 0 && indexOf(tentative, id) < 0 && indexOf(closed, id) < 0) {
                return id;
            }
        }
    }

    // --- What is published ---

    private void publish(IncidentEvent event) {
        outcomes.add(new SiteOutcome.IncidentChanged(site.key(), event));
        changed = true;
    }

    private Case published(Case one, IncidentEvent event) {
        publish(event);
        return one.publishedAs(one.published().on(event));
    }

    /** Publishes what {@code unweighed} adds up to with all that its sources claimed. */
    private Case reassessed(Case unweighed) {
        return reassessed(unweighed, true);
    }

    private Case reassessed(Case unweighed, boolean evenIfTheSame) {
        Case vetted = vetted(unweighed);
        List<LedgerEntry> before = unweighed.published().ledger();
        List<LedgerEntry> lines;
        List<String> removed;
        if (vetted == unweighed) {
            lines = new ArrayList<>(Ledger.since(before, vetted.sources()));
            Optional<LedgerEntry> silent = silentFor(vetted).map(Absence.Silent::line);
            silent.filter(line -> !before.contains(line)).ifPresent(lines::add);
            removed = before.stream()
                    .map(LedgerEntry::key)
                    .filter(key -> key.startsWith(Absence.KEY)
                            && silent.filter(line -> line.key().equals(key)).isEmpty())
                    .toList();
        } else {
            List<LedgerEntry> all = ledger(vetted);
            lines = newIn(all, before);
            removed = goneFrom(before, all);
        }
        if (!evenIfTheSame && lines.isEmpty() && removed.isEmpty()) {
            changed = true;
            return vetted.supporting(vetted.support());
        }
        return reassessed(vetted, lines, removed);
    }

    /** Publishes what {@code unweighed} adds up to once {@code lines} take their places in its ledger and {@code removed} leave it. */
    private Case reassessed(Case unweighed, List<LedgerEntry> lines, List<String> removed) {
        Incident incident = unweighed.published();
        List<LedgerEntry> ledger = Ledger.after(incident.ledger(), lines, removed);
        Belief belief = Belief.of(ledger);
        Case next = waiting(unweighed.supporting(belief.support()));
        next.dueAt().ifPresent(this::willBeDue);
        return published(
                next,
                new IncidentEvent.Reassessed(
                        next.id(),
                        incident.sequence() + 1,
                        at,
                        inOrderOf(ledger, lines),
                        removed,
                        belief.hypotheses(),
                        assessment(belief, next),
                        next.spot().place(site.frame()),
                        next.lastEvidenceAt(),
                        Title.of(belief, next.spot(), next.entities(), site),
                        next.entities(),
                        silentSensorsNear(next)));
    }

    /** Reckons the whole ledger anew and publishes where it differs from what was published. */
    private Case reassessedWhole(Case next) {
        Incident incident = next.published();
        List<LedgerEntry> all = ledger(next);
        return reassessed(next, newIn(all, incident.ledger()), goneFrom(incident.ledger(), all));
    }

    private static List<LedgerEntry> newIn(List<LedgerEntry> all, List<LedgerEntry> before) {
        return all.stream().filter(line -> !before.contains(line)).toList();
    }

    private static List<String> goneFrom(List<LedgerEntry> before, List<LedgerEntry> all) {
        return before.stream()
                .map(LedgerEntry::key)
                .filter(key -> all.stream().noneMatch(line -> line.key().equals(key)))
                .toList();
    }

    private static List<LedgerEntry> inOrderOf(List<LedgerEntry> ledger, List<LedgerEntry> lines) {
        if (lines.size() < 2 || lines.size() == ledger.size()) {
            return lines;
        }
        return ledger.stream().filter(lines::contains).toList();
    }

    private Criticality assessment(Belief belief, Case one) {
        return Assessment.of(
                belief, one.spot(), one.entities(), one.sources(), Crowd.of(site, before.counts(), at), at, site);
    }

    private List<SilentSensor> silentSensorsNear(Case one) {
        return Silence.near(one.spot(), site, before.silent(), settings.maxSilentSensors());
    }

    /** After a datastream's health changed: publishes where the silent sensors near an incident are others than before. */
    void listSilentSensorsAnew() {
        changed = true;
        for (int i = 0; i < live.size(); i++) {
            Case one = live.get(i);
            if (!silentSensorsNear(one).equals(one.published().silentSensors())) {
                live.set(i, reassessed(one));
            }
        }
    }

    void advise(IncidentId id, Playbook playbook) {
        int index = indexOf(live, id);
        if (index < 0
                || live.get(index).published().advice().stream()
                        .anyMatch(advised -> advised.playbook().equals(playbook.id()))) {
            return;
        }
        Case one = live.get(index);
        live.set(
                index,
                published(
                        one,
                        new IncidentEvent.Advised(
                                id, following(one), at, playbook.id(), playbook.title(), playbook.steps())));
    }

    private static long following(Case one) {
        return one.published().sequence() + 1;
    }

    // --- Time ---

    /** Forgets evidence that never convinced, and ends incidents whose evidence has ended. */
    void letTimePass() {
        publishWhatIsDue(DUE_WITH_A_TICK);
        weighWhatIsDue(DUE_WITH_A_TICK);
        changed |= tentative.removeIf(
                one -> one.lastClaimAt().plus(settings.tentativeFor()).isBefore(at)
                        && !one.lasts(at, settings.conditionStaleAfter()));
        for (int i = 0; i < live.size(); ) {
            Case one = live.get(i);
            Duration quiet = Periods.quiet(
                    one.published().findLeadingHypothesis().orElseThrow().type());
            if (Periods.mayEndByItself(one.published())
                    && !gathersFaintAlerts(one)
                    && one.lastClaimAt().plus(quiet).isBefore(at)
                    && !one.lasts(at, settings.conditionStaleAfter())) {
                resolve(
                        i,
                        Periods.PLATFORM,
                        "No new evidence for %s, and nothing lasts.".formatted(Phrases.duration(quiet)));
            } else {
                i++;
            }
        }
    }

    // --- Operators ---

    void answer(Answer answer) {
        answers = new ArrayList<>(answers);
        answers.add(answer);
        if (answers.size() > settings.maxAnswers()) {
            answers.removeFirst();
        }
        outcomes.add(new SiteOutcome.CommandAnswered(site.key(), answer.commandId(), answer.refusal(), at));
        changed = true;
    }

    /** Carries out a command that is not refused. */
    void carryOut(OperatorCommand command) {
        IncidentId id = command.incident();
        publishWhatWaits(id);
        if (command instanceof OperatorCommand.Merge merge) {
            publishWhatWaits(merge.target());
        }
        switch (command) {
            case OperatorCommand.Acknowledge c -> {
                int index = indexOf(live, id);
                Case one = live.get(index);
                live.set(index, published(one, new IncidentEvent.Acknowledged(id, following(one), at, c.by())));
            }
            case OperatorCommand.Assign c -> {
                int index = indexOf(live, id);
                Case one = live.get(index);
                live.set(index, published(one, new IncidentEvent.Assigned(id, following(one), at, c.by(), c.to())));
            }
            case OperatorCommand.Note c -> {
                List<Case> where = indexOf(live, id) >= 0 ? live : closed;
                int index = indexOf(where, id);
                Case one = where.get(index);
                where.set(index, published(one, new IncidentEvent.Noted(id, following(one), at, c.by(), c.text())));
            }
            case OperatorCommand.Resolve c -> resolve(indexOf(live, id), c.by(), c.note());
            case OperatorCommand.Dismiss c -> {
                Case one = live.remove(indexOf(live, id));
                close(published(one, new IncidentEvent.Dismissed(id, following(one), at, c.by(), c.reason(), c.note()))
                        .closed(at));
            }
            case OperatorCommand.Reopen c -> reopen(c);
            case OperatorCommand.Merge c -> merge(c);
            case OperatorCommand.Split c -> split(c);
        }
    }

    /** What an operator decides on is all that is known. */
    private void publishWhatWaits(IncidentId id) {
        int index = indexOf(live, id);
        if (index >= 0 && live.get(index).dueAt().isPresent()) {
            live.set(index, reassessed(live.get(index)));
        }
    }

    private void resolve(int index, String by, String note) {
        Case one = live.remove(index);
        close(published(one, new IncidentEvent.Resolved(one.id(), following(one), at, by, note))
                .closed(at));
    }

    private void close(Case one) {
        closed.add(one);
        if (closed.size() > settings.maxClosed()) {
            closed.removeFirst();
        }
    }

    /** Takes an incident up again, with what its sources said in the meantime. */
    private void reopen(OperatorCommand.Reopen command) {
        Case one = closed.remove(indexOf(closed, command.incident()));
        Case open = published(
                        one, new IncidentEvent.Reopened(one.id(), following(one), at, command.by(), command.note()))
                .reopened(at);
        int index = live.size();
        while (index > 0
                && live.get(index - 1)
                        .published()
                        .openedAt()
                        .isAfter(open.published().openedAt())) {
            index--;
        }
        live.add(index, reassessedWhole(open));
    }

    private void merge(OperatorCommand.Merge command) {
        Case source = live.remove(indexOf(live, command.incident()));
        close(published(
                        source,
                        new IncidentEvent.MergedInto(
                                source.id(), following(source), at, command.by(), command.target()))
                .emptied(at));
        int index = indexOf(live, command.target());
        Case target = live.get(index);
        Case absorbed = published(
                target, new IncidentEvent.Absorbed(target.id(), following(target), at, command.by(), source.id()));
        live.set(index, reassessedWhole(absorbed.absorbing(source, settings)));
    }

    /** Makes an incident of what an operator takes away from another; both keep to that. */
    private void split(OperatorCommand.Split command) {
        int least = live.size() < settings.maxLive() ? -1 : leastCritical(indexOf(live, command.incident()));
        if (least >= 0) {
            resolve(
                    least,
                    Periods.PLATFORM,
                    "%d incidents are live: the least critical gave way to one that was split off."
                            .formatted(live.size()));
        }
        int index = indexOf(live, command.incident());
        Case whole = live.get(index);
        List<String> keys = command.evidence().stream()
                .map(key -> key.substring(Ledger.EVIDENCE.length()))
                .toList();
        IncidentId id = freshId(attempt -> Case.idOfPart(whole.id(), following(whole), attempt));
        Case left = published(
                whole,
                new IncidentEvent.SplitOff(
                        whole.id(), following(whole), at, command.by(), id, command.evidence(), command.note()));
        live.set(index, reassessedWhole(left.without(keys)));
        Case taken = left.only(keys, id);
        Incident of = whole.published();
        IncidentEvent.Opened opened =
                new IncidentEvent.Opened(id, 1, at, site.key(), taken.startedAt(), of.simulated(), of.exercise());
        publish(opened);
        Case part = published(
                taken.publishedAs(Incident.begin(opened)),
                new IncidentEvent.SplitFrom(id, 2, at, command.by(), whole.id()));
        live.add(reassessedWhole(part));
    }

    private static int indexOf(List<Case> cases, IncidentId id) {
        for (int i = 0; i < cases.size(); i++) {
            if (cases.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }
}
