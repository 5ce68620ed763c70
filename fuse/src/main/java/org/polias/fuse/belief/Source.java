// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.belief;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.polias.fuse.site.SensorSpot;
import org.polias.fuse.site.SiteModel;
import org.polias.fuse.site.Spot;
import org.polias.fuse.trust.Trust;
import org.polias.model.Sorted;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.EntityRef;
import org.polias.model.detection.Evidence;
import org.polias.model.detection.Phase;
import org.polias.model.id.DetectionId;

/**
 * One source of evidence in one incident, a detector of some type at some subject, and all that it claimed: the unit that
 * counts once. Claims that are over are summed up; the claim of a lasting condition is what it said last.
 *
 * @param key type, detector and subject
 * @param sensor the sensor on which it rests; of claims about the whole site {@code array/DETECTOR}
 * @param gateway what connects that sensor
 * @param count how many detections it made
 * @param pastTotal the sum of the log-likelihood ratios of its claims that are over
 * @param pastStrongest the largest of those, 0 where none was positive
 * @param current the log-likelihood ratio of the condition that lasts, 0 where none does
 * @param active whether a condition lasts
 * @param judged the strongest claim that an operator knew when the incident was closed
 * @param last the event time of its latest claim
 * @param lastAt when its latest claim arrived
 * @param endedAt the event time at which its condition ended
 * @param spot where it saw it last
 * @param summary what it said last, an end apart
 * @param detections its latest detections
 * @param evidence the observations behind those
 * @param share how many of the sounds that its sensor told apart it took for this; 1 where it tells nothing apart
 * @param lies the probability that its sensor lies
 * @param vetted how many detections it had made when others were last asked whether they bear it out
 * @param vettedAt when that was; the epoch if never
 * @param measures the largest that it measured of what shows a threat
 */
public record Source(
        String key,
        DetectionType type,
        Optional<String> sensor,
        Optional<String> gateway,
        int count,
        double pastTotal,
        double pastStrongest,
        double current,
        boolean active,
        double judged,
        Instant last,
        Instant lastAt,
        Optional<Instant> endedAt,
        Spot spot,
        String summary,
        List<DetectionId> detections,
        List<Evidence> evidence,
        double share,
        double lies,
        int vetted,
        Instant vettedAt,
        SortedMap<String, Double> measures) {

    private static final Instant NEVER = Instant.EPOCH;
    private static final String OVERFLOW = "more/";
    /** How many weapons are heard at least. */
    public static final String WEAPONS = "weapons";
    /** How many shots a minute. */
    public static final String RATE_PER_MIN = "rate_per_min";

    private static final SortedMap<String, Double> NO_MEASURES = Collections.emptySortedMap();

    /** Begins the name of what a claim about a whole site rests on: all sensors that its detector listens to, as if they were one. */
    static final String ARRAY = "array/";

    public Source {
        measures = Sorted.copyOf(measures);
        detections = List.copyOf(detections);
        evidence = List.copyOf(evidence);
    }

    /** The key of the source that made {@code detection}. */
    public static String keyOf(Detection detection) {
        return detection.type().code() + '/' + detection.detector() + '/' + detection.subject();
    }

    /** The key under which claims of {@code type} are counted once an incident has as many sources as it weighs. */
    public static String overflowKey(DetectionType type) {
        return OVERFLOW + type.code();
    }

    /** A source that has made its first claim, which is {@code detection}. */
    public static Source begin(Detection detection, Instant at, SiteModel site, int maxReferences) {
        return begin(keyOf(detection), detection, at, site, maxReferences);
    }

    /** What stands for all further sources of one type. */
    public static Source beginOverflow(Detection detection, Instant at, SiteModel site, int maxReferences) {
        return begin(overflowKey(detection.type()), detection, at, site, maxReferences);
    }

    private static Source begin(String key, Detection detection, Instant at, SiteModel site, int maxReferences) {
        Source empty = new Source(
                key,
                detection.type(),
                isOfSite(detection) ? Optional.of(ARRAY + detection.detector()) : oneSensorOf(detection, site),
                isOfSite(detection)
                        ? Optional.empty()
                        : entity(detection, EntityRef.GATEWAY)
                                .or(() -> spotOf(detection, site).flatMap(SensorSpot::gateway)),
                0,
                0,
                0,
                0,
                false,
                0,
                detection.time(),
                at,
                Optional.empty(),
                Spot.of(detection.place(), site.frame()),
                detection.summary(),
                List.of(),
                List.of(),
                1,
                0,
                0,
                NEVER,
                NO_MEASURES);
        return empty.claiming(detection, at, site, maxReferences);
    }

    /** The one sensor on which {@code detection} rests; empty where it is unknown, or rests on all that its detector listens to. */
    public static Optional<String> oneSensorOf(Detection detection, SiteModel site) {
        return isOfSite(detection)
                ? Optional.empty()
                : entity(detection, EntityRef.SENSOR).or(() -> spotOf(detection, site)
                        .map(spot -> spot.sensor().value()));
    }

    private static Optional<SensorSpot> spotOf(Detection detection, SiteModel site) {
        for (Evidence one : detection.evidence()) {
            SensorSpot spot = site.sensors().get(one.datastream().value());
            if (spot != null) {
                return Optional.of(spot);
            }
        }
        return Optional.empty();
    }

    /** Whether its subject is the site, or one of several things that go on there at once: {@code SITE/2}. */
    private static boolean isOfSite(Detection detection) {
        String subject = detection.subject();
        int slash = subject.indexOf('/');
        return (slash < 0 ? subject : subject.substring(0, slash))
                .equals(detection.site().site().value());
    }

    /** The source after one more claim. */
    public Source claiming(Detection detection, Instant at, SiteModel site, int maxReferences) {
        boolean lasts = !overflow() && (detection.phase() == Phase.BEGIN || detection.phase() == Phase.UPDATE);
        boolean ends = detection.phase() == Phase.END;
        double over = overflow()
                ? 0
                : switch (detection.phase()) {
                    case MOMENT -> detection.logLikelihoodRatio();
                    case END -> current;
                    case BEGIN, UPDATE -> 0;
                };
        return new Source(
                key,
                type,
                sensor,
                gateway,
                count == Integer.MAX_VALUE ? count : count + 1,
                pastTotal + over,
                Math.max(pastStrongest, over),
                lasts ? detection.logLikelihoodRatio() : ends ? 0 : current,
                lasts || active && !ends,
                judged,
                later(last, detection.time()),
                at,
                lasts ? Optional.empty() : ends ? Optional.of(detection.time()) : endedAt,
                ends ? spot : Spot.of(detection.place(), site.frame()),
                ends ? summary : detection.summary(),
                latest(detections, List.of(detection.id()), maxReferences),
                latest(evidence, detection.evidence(), maxReferences),
                share,
                lies,
                vetted,
                vettedAt,
                measuring(detection.measures()));
    }

    /** This source and the same one's claims in another incident, as one. */
    public Source and(Source other, int maxReferences) {
        boolean newer = other.lastAt.isAfter(lastAt);
        Source latest = newer ? other : this;
        return new Source(
                key,
                type,
                latest.sensor,
                latest.gateway,
                (int) Math.min(Integer.MAX_VALUE, (long) count + other.count),
                pastTotal + other.pastTotal,
                Math.max(pastStrongest, other.pastStrongest),
                Math.max(current, other.current),
                active || other.active,
                judged,
                later(last, other.last),
                latest.lastAt,
                latest.endedAt,
                latest.spot,
                latest.summary,
                newer
                        ? latest(detections, other.detections, maxReferences)
                        : latest(other.detections, detections, maxReferences),
                newer
                        ? latest(evidence, other.evidence, maxReferences)
                        : latest(other.evidence, evidence, maxReferences),
                share,
                Math.max(lies, other.lies),
                vetted,
                vettedAt,
                measuring(other.measures));
    }

    /** Whether this stands for all further sources of its type: it counts and weighs nothing. */
    public boolean overflow() {
        return key.startsWith(OVERFLOW);
    }

    /** This source as an operator has judged it. */
    public Source judgedNow() {
        return copy(key, pastTotal, pastStrongest, current, active, strongest());
    }

    /** This source counted among the further ones of its type. */
    public Source asOverflow() {
        return copy(overflowKey(type), 0, 0, 0, false, 0);
    }

    /** The log-likelihood ratio of its strongest claim, 0 where none was positive. */
    public double strongest() {
        return Math.max(pastStrongest, current);
    }

    /** The log-likelihood ratio of all its claims together, repetition and doubts of its sensor taken into account. */
    public double effective() {
        double claimed = CommonCause.effective(pastTotal + current, strongest(), CommonCause.repetition(type.domain()));
        return Trust.weigh(share * claimed, lies);
    }

    /** The earliest event time of it that is still known. */
    public Instant firstKnown() {
        Instant first = last;
        for (Evidence each : evidence) {
            first = each.phenomenonTime().isBefore(first) ? each.phenomenonTime() : first;
        }
        return first;
    }

    /** Whether {@code detection} has already been counted. */
    public boolean hasCounted(Detection detection) {
        return detections.contains(detection.id()) && evidence.containsAll(detection.evidence());
    }

    /** Whether a condition lasts that was reported at or after {@code freshSince}. */
    public boolean lastsSince(Instant freshSince) {
        return active && !lastAt.isBefore(freshSince);
    }

    private Source copy(
            String nextKey,
            double nextPastTotal,
            double nextPastStrongest,
            double nextCurrent,
            boolean nextActive,
            double nextJudged) {
        return new Source(
                nextKey,
                type,
                sensor,
                gateway,
                count,
                nextPastTotal,
                nextPastStrongest,
                nextCurrent,
                nextActive,
                nextJudged,
                last,
                lastAt,
                endedAt,
                spot,
                summary,
                detections,
                evidence,
                share,
                lies,
                vetted,
                vettedAt,
                measures);
    }

    /** The largest that it measured under this name; 0 where it measured none. */
    public double measured(String name) {
        Double value = measures.get(name);
        return value == null ? 0 : value;
    }

    private SortedMap<String, Double> measuring(Map<String, Double> more) {
        if (type != DetectionType.GUNSHOT) {
            return measures;
        }
        SortedMap<String, Double> next = measures;
        for (String name : List.of(WEAPONS, RATE_PER_MIN)) {
            Double value = more.get(name);
            if (value != null && value > measured(name)) {
                next = next == measures ? new TreeMap<>(measures) : next;
                next.put(name, value);
            }
        }
        return next;
    }

    /** This source, whose sensor lies with this probability. */
    public Source lying(double probability) {
        return vetting(share, probability, vetted, vettedAt);
    }

    /** This source once others were asked at {@code at} whether they bear out what it claimed so far. */
    public Source vettedAt(Instant at) {
        return vetting(share, lies, count, at);
    }

    /** This source, whose sensor took so many of the sounds that it told apart for this. */
    public Source sharing(double nextShare) {
        return nextShare == share ? this : vetting(nextShare, lies, vetted, vettedAt);
    }

    private Source vetting(double nextShare, double nextLies, int nextVetted, Instant at) {
        return new Source(
                key,
                type,
                sensor,
                gateway,
                count,
                pastTotal,
                pastStrongest,
                current,
                active,
                judged,
                last,
                lastAt,
                endedAt,
                spot,
                summary,
                detections,
                evidence,
                nextShare,
                nextLies,
                nextVetted,
                at,
                measures);
    }

    /** Whether it is one of those that tell a bang apart from other bangs: of one sound they claim one. */
    public boolean tellsApart() {
        return type.isBang() && restsOnOneSensor() && !overflow();
    }

    /** Whether it rests on one sensor, and not on all those that a detector listens to. */
    public boolean restsOnOneSensor() {
        return sensor.isPresent() && !sensor.get().startsWith(ARRAY);
    }

    private static Optional<String> entity(Detection detection, String kind) {
        for (EntityRef entity : detection.entities()) {
            if (entity.kind().equals(kind)) {
                return Optional.of(entity.value());
            }
        }
        return Optional.empty();
    }

    private static Instant later(Instant a, Instant b) {
        return b.isAfter(a) ? b : a;
    }

    private static <T> List<T> latest(List<T> before, List<T> more, int limit) {
        List<T> all = new ArrayList<>(before.size() + more.size());
        all.addAll(before);
        for (T one : more) {
            if (!all.contains(one)) {
                all.add(one);
            }
        }
        return all.size() <= limit ? all : all.subList(all.size() - limit, all.size());
    }
}
