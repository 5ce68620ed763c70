// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.association;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.polias.fuse.belief.Likelihoods;
import org.polias.fuse.life.Case;
import org.polias.fuse.life.Span;
import org.polias.fuse.site.Spot;
import org.polias.model.detection.DetectionDomain;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.EntityRef;
import org.polias.model.incident.IncidentType;
import org.polias.model.place.Covariance;

/**
 * Whether a detection tells of the same thing as a case: ln P(it | the same) / P(it | another), the sum of
 *
 * <pre>
 *   time      ln(B / n / (tau + T)) - dt / tau
 *                                              dt: seconds between it and the case's evidence of the nearest field, T: how long
 *                                              that has lasted, tau: that pair's mean, B: one unrelated detection in two hours,
 *                                              and as often for each of the n things that go on
 *                                              (of which it is typical, too, where it is typical of this)
 *   space     ln(A / (2 pi sqrt|S|)) - d2 / 2  S: both covariances and both extents, d2: squared Mahalanobis distance,
 *                                              A: the site's ground; d2 beyond the gate: never the same
 *   type      ln(sum over h of q(h) P(C|h) / mean over h of P(C|h))
 *             q: the share of h in what the case's evidence speaks for, priors apart
 *   entities  what is shared and what differs, by kind
 * </pre>
 *
 * <p>Space says nothing where a side is not located, nor between network alerts (whose place is their sensor's). Between a network
 * alert and anything else it can only speak for; so it is where an address or a credential is shared, which move about.
 */
public final class Association {

    /** chi-square with 2 degrees of freedom, 99.9 %: one in a thousand true pairs is torn apart. */
    static final double GATE = 13.816;
    /** What a detection must lack to be worth no further look: more than space, type and entities can ever bring. */
    private static final double HOPELESS = -14;

    private static final IncidentType[] HYPOTHESES = IncidentType.values();
    /** What speaks against a sensor's failure and something in the world being one, in nats. */
    private static final double APART = -1.5;
    /** By how much likelier than of an unknown incident a detection must be to be typical of a case. */
    private static final double TYPICAL = 1.65;
    /** What the kind of a bang weighs at least for its being one of a case of sounds: a tenth and more are taken for another. */
    private static final double MISTAKEN_BANG = -0.5;

    private static final double MOST_ENTITIES = 6;
    private static final double LEAST_ENTITIES = -5;

    private final DetectionType type;
    private final DetectionDomain domain;
    private final Instant time;
    private final Spot spot;
    private final List<EntityRef> entities;
    private final double area_m2;
    private final Duration staleAfter;
    private int goingOn;
    private int likeIt;

    /**
     * What there is to know of a detection.
     *
     * @param area_m2 the ground over which unrelated ones spread
     * @param staleAfter how long a condition of which nothing is heard lasts
     */
    public Association(
            DetectionType type,
            Instant time,
            Spot spot,
            List<EntityRef> entities,
            double area_m2,
            Duration staleAfter) {
        this.type = type;
        domain = type.domain();
        this.time = time;
        this.spot = spot;
        this.entities =
                entities.stream().filter(entity -> !entity.value().isBlank()).toList();
        this.area_m2 = area_m2;
        this.staleAfter = staleAfter;
    }

    /** Tells what goes on at the site: where much does, less is told by two things' being simultaneous. */
    public void among(List<Case> live) {
        goingOn = live.size();
        likeIt = 0;
        for (Case one : live) {
            if (isTypicalOf(one)) {
                likeIt++;
            }
        }
    }

    /** How many other things than {@code candidate} it may tell of: what is typical of that of those of which it is typical, too, else of all. */
    private double crowding(Case candidate) {
        int others = isTypicalOf(candidate) ? likeIt : goingOn;
        return StrictMath.log(Math.max(1, others));
    }

    /** ln P(the detection | it tells of {@code candidate}) / P(the detection | it tells of another); minus infinity beyond the gate. */
    public double with(Case candidate) {
        double inTime = inTime(candidate.spans());
        return inTime < HOPELESS ? Double.NEGATIVE_INFINITY : inTime - crowding(candidate) + apartFromTime(candidate);
    }

    /** The same, as if the detection had come at the time of {@code candidate}'s evidence. */
    public double apartFromTimeWith(Case candidate) {
        double best = Double.NEGATIVE_INFINITY;
        for (Span span : candidate.spans()) {
            best = Math.max(best, Kernels.simultaneous(domain, span.domain()));
        }
        return best + apartFromTime(candidate);
    }

    private double apartFromTime(Case candidate) {
        boolean betweenAlerts = domain == DetectionDomain.CYBER && onlyAlerts(candidate.spans());
        double space = betweenAlerts ? 0 : inSpace(candidate);
        return space == Double.NEGATIVE_INFINITY
                ? space
                : space + ofType(candidate) + ofEntities(candidate, betweenAlerts);
    }

    private static boolean onlyAlerts(List<Span> spans) {
        for (Span span : spans) {
            if (span.domain() != DetectionDomain.CYBER) {
                return false;
            }
        }
        return true;
    }

    private double inTime(List<Span> spans) {
        double best = Double.NEGATIVE_INFINITY;
        for (Span span : spans) {
            double tau_s = Kernels.tau_s(domain, span.domain());
            Duration lasting = Kernels.tiesWhileItLasts(span.domain()) ? staleAfter : Duration.ZERO;
            double term =
                    StrictMath.log(Kernels.background_s(domain, span.domain()) / (tau_s + span.secondsBefore(time)))
                            - span.secondsOutside(time, lasting) / tau_s;
            best = Math.max(best, term);
        }
        return best;
    }

    private double inSpace(Case candidate) {
        if (!spot.located() || !candidate.spot().located()) {
            return 0;
        }
        double extent = 0;
        for (Span span : candidate.spans()) {
            extent = Math.max(extent, Kernels.extent_m(span.domain()));
        }
        double own = Kernels.extent_m(domain);
        double spread_m2 = extent * extent + own * own;
        Covariance s =
                spot.covariance().plus(candidate.spot().covariance()).plus(new Covariance(spread_m2, 0, spread_m2));
        double d2 = s.mahalanobisSquared(spot.offset().minus(candidate.spot().offset()));
        boolean mayBeApart = domain == DetectionDomain.CYBER
                || onlyAlerts(candidate.spans())
                || sharesWhatMoves(candidate.entities());
        if (d2 > GATE && !mayBeApart) {
            return Double.NEGATIVE_INFINITY;
        }
        double footprint_m2 = 2 * Math.PI * Math.sqrt(s.determinant_m4());
        double term = StrictMath.log(Math.max(1, area_m2 / footprint_m2)) - d2 / 2;
        return mayBeApart ? Math.max(0, term) : term;
    }

    /** The type's term; what one ear takes for a shot and another for a firework may be one bang, so kinds of bangs part none. */
    private double ofType(Case candidate) {
        double term = ofType(candidate.support());
        return isBangAmongSounds(candidate) ? Math.max(term, MISTAKEN_BANG) : term;
    }

    private boolean isBangAmongSounds(Case candidate) {
        if (!type.isBang()) {
            return false;
        }
        for (Span span : candidate.spans()) {
            if (span.domain() == DetectionDomain.ACOUSTIC) {
                return true;
            }
        }
        return false;
    }

    private boolean isTypicalOf(Case one) {
        return isBangAmongSounds(one) || expected(one.support()) > TYPICAL * Likelihoods.givenUnknown(type);
    }

    private double expected(List<Double> support) {
        double expected = 0;
        for (int h = 0; h < support.size(); h++) {
            expected += support.get(h) * Likelihoods.given(type, HYPOTHESES[h]);
        }
        return expected;
    }

    private double ofType(List<Double> support) {
        double expected = expected(support);
        return expected == 0 ? 0 : StrictMath.log(expected / Likelihoods.givenUnknown(type));
    }

    private double ofEntities(Case candidate, boolean betweenAlerts) {
        List<EntityRef> theirs = candidate.entities();
        // What sensors share tells of their failures together, not of a failure and what one of them saw.
        boolean failureAmongOthers = domain == DetectionDomain.HEALTH && !hasFailures(candidate.spans());
        double sum = failureAmongOthers || isOfTheWorldAmongFailures(candidate.spans()) ? APART : 0;
        for (int i = 0; i < entities.size(); i++) {
            String kind = entities.get(i).kind();
            if (isFirstOfKind(i) && !((betweenAlerts || failureAmongOthers) && comesWithTheSensor(kind))) {
                boolean shared = false;
                boolean theyHave = false;
                for (EntityRef their : theirs) {
                    if (their.kind().equals(kind)) {
                        theyHave = true;
                        if (entities.contains(their)) {
                            shared = true;
                            break;
                        }
                    }
                }
                if (theyHave) {
                    sum += shared ? shared(kind, domain) : different(kind, domain);
                }
            }
        }
        return Math.clamp(sum, LEAST_ENTITIES, MOST_ENTITIES);
    }

    /** Whether this was seen in the world and the case is of nothing but sensors that fail; an intruder begins with these. */
    private boolean isOfTheWorldAmongFailures(List<Span> spans) {
        boolean mayBeginWithFailures = domain == DetectionDomain.ACCESS || domain == DetectionDomain.CYBER;
        return domain != DetectionDomain.HEALTH
                && !mayBeginWithFailures
                && spans.size() == 1
                && spans.getFirst().domain() == DetectionDomain.HEALTH;
    }

    private static boolean hasFailures(List<Span> spans) {
        for (Span span : spans) {
            if (span.domain() == DetectionDomain.HEALTH) {
                return true;
            }
        }
        return false;
    }

    /** All alerts of one network sensor name it and what it stands at; that ties none of them together. */
    private static boolean comesWithTheSensor(String kind) {
        return switch (kind) {
            case EntityRef.SENSOR, EntityRef.GATEWAY, EntityRef.ASSET, EntityRef.ZONE -> true;
            default -> false;
        };
    }

    private boolean sharesWhatMoves(List<EntityRef> theirs) {
        for (EntityRef entity : entities) {
            if ((entity.kind().equals(EntityRef.IP) || entity.kind().equals(EntityRef.CREDENTIAL))
                    && theirs.contains(entity)) {
                return true;
            }
        }
        return false;
    }

    private boolean isFirstOfKind(int index) {
        for (int i = 0; i < index; i++) {
            if (entities.get(i).kind().equals(entities.get(index).kind())) {
                return false;
            }
        }
        return true;
    }

    /** What it weighs that both name the same entity of this kind: the rarer it is by chance, the more. */
    static double shared(String kind, DetectionDomain domain) {
        return switch (kind) {
            case EntityRef.CREDENTIAL -> 4;
            case EntityRef.ASSET, EntityRef.IP -> 3;
            case EntityRef.SIGNATURE -> 2;
            case EntityRef.ZONE -> 1.5;
            // A sensor sees whatever happens around it: its place says that already.
            case EntityRef.SENSOR -> domain == DetectionDomain.HEALTH ? 0 : 0.5;
            case EntityRef.GATEWAY -> domain == DetectionDomain.HEALTH ? 1.5 : 0.25;
            default -> 1;
        };
    }

    /** What it weighs that both name entities of this kind and none is the same. */
    static double different(String kind, DetectionDomain domain) {
        return switch (kind) {
            // Sensors fail together behind one gateway, and things in the world are seen from behind many.
            case EntityRef.GATEWAY -> domain == DetectionDomain.HEALTH ? -1 : 0;
            case EntityRef.IP -> -4;
            case EntityRef.SIGNATURE, EntityRef.CREDENTIAL -> -1;
            case EntityRef.ASSET, EntityRef.ZONE -> -0.5;
            default -> 0;
        };
    }
}
