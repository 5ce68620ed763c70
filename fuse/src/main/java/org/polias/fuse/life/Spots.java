// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.polias.fuse.belief.Source;
import org.polias.fuse.site.Spot;
import org.polias.model.place.Covariance;
import org.polias.model.place.Offset;

/**
 * Where an incident is: the places that its sources claim, joined as independent Gaussian estimates (weighted by the inverses of
 * their covariances). Where they lie further apart than their covariances allow, the result's covariance grows by the ratio of
 * chi-square to its degrees of freedom (Birge 1932), so that a place is never claimed more precisely than the sources agree.
 * Sources that saw the thing itself go before sensors' states, and these before network addresses; each sensor counts once.
 */
final class Spots {

    /** No source places anything better than this, one standard deviation in metres. */
    private static final double FLOOR_M = 1;

    private Spots() {}

    /** The place of {@code sources}; {@code otherwise} where none of them is located. */
    static Spot of(List<Source> sources, Spot otherwise) {
        if (sources.size() == 1) {
            return sources.getFirst().spot();
        }
        int best = Integer.MAX_VALUE;
        for (Source source : sources) {
            if (source.spot().located()) {
                best = Math.min(best, rank(source));
            }
        }
        if (best == Integer.MAX_VALUE) {
            return otherwise;
        }
        List<Spot> spots = new ArrayList<>();
        Set<String> sensors = new TreeSet<>();
        for (Source source : sources) {
            if (source.spot().located()
                    && rank(source) == best
                    && (source.sensor().isEmpty() || sensors.add(source.sensor().get()))) {
                spots.add(source.spot());
            }
        }
        return spots.size() == 1 ? spots.getFirst() : joined(spots);
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
