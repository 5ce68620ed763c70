// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.life;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.polias.fuse.belief.Likelihoods;
import org.polias.fuse.belief.Source;
import org.polias.fuse.site.Spot;
import org.polias.model.incident.IncidentType;
import org.polias.model.place.Covariance;
import org.polias.model.place.Offset;

/**
 * Where an incident is: the places that its sources claim, joined as independent Gaussian estimates (weighted by the inverses of
 * their covariances). Where they lie further apart than their covariances allow, the result's covariance grows by the ratio of
 * chi-square to its degrees of freedom (Birge 1932), so that a place is never claimed more precisely than the sources agree.
 * Only those sources count whose condition the best supported hypothesis explains best, if there are any: a door forced
 * during an attack does not move the attack to the door. Sources that saw the thing itself go before sensors' states, and these
 * before network addresses; each sensor counts once.
 */
final class Spots {

    /** No source places anything better than this, one standard deviation in metres. */
    private static final double FLOOR_M = 1;

    private static final IncidentType[] HYPOTHESES = IncidentType.values();

    private Spots() {}

    /** The place of {@code sources}, whose evidence gives the hypotheses these shares of {@code support}. */
    static Spot of(List<Source> sources, List<Double> support) {
        if (sources.size() == 1) {
            return sources.getFirst().spot();
        }
        IncidentType best = HYPOTHESES[0];
        for (IncidentType hypothesis : HYPOTHESES) {
            if (support.get(hypothesis.ordinal()) > support.get(best.ordinal())) {
                best = hypothesis;
            }
        }
        List<Spot> spots = spots(sources, best, true);
        if (spots.isEmpty()) {
            spots = spots(sources, best, false);
        }
        return switch (spots.size()) {
            case 0 -> sources.getFirst().spot();
            case 1 -> spots.getFirst();
            default -> joined(spots);
        };
    }

    private static List<Spot> spots(List<Source> sources, IncidentType best, boolean onlyExplained) {
        int leastRank = Integer.MAX_VALUE;
        for (Source source : sources) {
            if (counts(source, best, onlyExplained)) {
                leastRank = Math.min(leastRank, rank(source));
            }
        }
        List<Spot> spots = new ArrayList<>();
        Set<String> sensors = new HashSet<>();
        for (Source source : sources) {
            if (counts(source, best, onlyExplained)
                    && rank(source) == leastRank
                    && (source.sensor().isEmpty() || sensors.add(source.sensor().get()))) {
                spots.add(source.spot());
            }
        }
        return spots;
    }

    private static boolean counts(Source source, IncidentType best, boolean onlyExplained) {
        return source.spot().located()
                && !source.overflow()
                && (!onlyExplained || Likelihoods.explainsBest(best, source.type()));
    }

    private static int rank(Source source) {
        return switch (source.type().domain()) {
            case ACOUSTIC, CROWD, CHEMICAL, ACCESS, ENVIRONMENT -> 0;
            case HEALTH -> 1;
            case CYBER -> 2;
        };
    }

    private static Spot joined(List<Spot> spots) {
        double ee = 0;
        double en = 0;
        double nn = 0;
        double e = 0;
        double n = 0;
        for (Spot spot : spots) {
            Covariance c = floored(spot.covariance());
            double d = c.determinant_m4();
            ee += c.nn_m2() / d;
            en -= c.en_m2() / d;
            nn += c.ee_m2() / d;
            e += (c.nn_m2() * spot.offset().east_m() - c.en_m2() * spot.offset().north_m()) / d;
            n += (c.ee_m2() * spot.offset().north_m()
                            - c.en_m2() * spot.offset().east_m())
                    / d;
        }
        double determinant = ee * nn - en * en;
        Covariance covariance = new Covariance(nn / determinant, -en / determinant, ee / determinant);
        Offset mean = new Offset(
                covariance.ee_m2() * e + covariance.en_m2() * n, covariance.en_m2() * e + covariance.nn_m2() * n);
        double chiSquare = 0;
        for (Spot spot : spots) {
            chiSquare +=
                    floored(spot.covariance()).mahalanobisSquared(spot.offset().minus(mean));
        }
        double birge = Math.max(1, chiSquare / (2 * (spots.size() - 1)));
        return Spot.of(
                mean,
                new Covariance(covariance.ee_m2() * birge, covariance.en_m2() * birge, covariance.nn_m2() * birge));
    }

    private static Covariance floored(Covariance covariance) {
        return covariance.plus(Covariance.isotropic(FLOOR_M));
    }
}
