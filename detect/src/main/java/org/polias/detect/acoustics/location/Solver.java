// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics.location;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One source from its arrivals: candidates, modes, samples. */
final class Solver {

    /** What wind and temperature, as yet unfitted, add to a time over a few hundred metres. */
    static final double AIR_BLUR_S = 0.01;

    /** So many candidates of the consensus are climbed from. */
    private static final int CANDIDATES = 8;
    /** A mode with less than this part of the largest one's mass is not sampled. */
    private static final double NEGLIGIBLE = -7;
    /** Modes nearer than this are one. */
    private static final double APART_M = 1.5;
    /** With more places than these, hypotheses under which fewer than three are direct do not matter. */
    private static final int FEW = 5;

    /** A mode that is wider than this, one standard deviation, is not alone: its ridge is sampled as well. */
    private static final double VAGUE_M = 50;

    private static final int DRAWS = 500;
    private static final int LEAST_DRAWS = 24;
    private static final int BAND_DRAWS = 80;
    /** Of a band or an area there is no mode: draws make up for it. */
    private static final int BROAD_DRAWS = 600;

    /** What was found: modes, that with the largest mass first, and samples whose first origins they are. */
    record Solution(Posterior posterior, List<Mode> modes, Cloud cloud) {

        /** The unknowns at the largest mode; without any, those of the prior in the middle of the samples. */
        double[] place() {
            return modes.isEmpty()
                    ? posterior.middle(cloud.mean(origin -> true))
                    : modes.getFirst().u();
        }
    }

    private Solver() {}

    static Solution solve(Posterior posterior, Cloud.Factor more) {
        List<Integer> places = posterior.placesHeardAt();
        List<Mode> modes = places.size() >= 3 ? modes(posterior) : List.of();
        List<Cloud.Share> shares = new ArrayList<>();
        double sum = 0;
        for (Mode mode : modes) {
            sum += StrictMath.exp(mode.logMass() - modes.getFirst().logMass());
        }
        for (Mode mode : modes) {
            double part = StrictMath.exp(mode.logMass() - modes.getFirst().logMass()) / sum;
            shares.add(new Cloud.Share(new Proposal.AroundMode(mode), Math.max(LEAST_DRAWS, (int) (DRAWS * part))));
        }
        boolean isVague = modes.isEmpty() || modes.getFirst().sigma_m() > VAGUE_M;
        if (places.size() <= FEW || isVague) {
            addBands(posterior, places.subList(0, Math.min(FEW, places.size())), shares);
        }
        if (places.size() <= 3 || isVague) {
            for (int i : places.subList(0, Math.min(FEW, places.size()))) {
                shares.add(new Cloud.Share(
                        new Proposal.Anywhere(posterior, i), places.size() == 1 ? BROAD_DRAWS : BAND_DRAWS));
            }
        }
        return new Solution(posterior, modes, Cloud.draw(posterior, shares, more));
    }

    private static void addBands(Posterior posterior, List<Integer> places, List<Cloud.Share> shares) {
        for (int i = 0; i < places.size(); i++) {
            for (int j = i + 1; j < places.size(); j++) {
                Proposal.AlongHyperbola band =
                        new Proposal.AlongHyperbola(posterior, places.get(i), places.get(j), AIR_BLUR_S);
                if (band.isPossible()) {
                    shares.add(new Cloud.Share(band, places.size() == 2 ? BROAD_DRAWS : BAND_DRAWS));
                }
            }
        }
    }

    /** The modes of {@code posterior} that matter, that with the largest mass first. */
    static List<Mode> modes(Posterior posterior) {
        List<Mode> found = new ArrayList<>();
        for (double[] start : Consensus.candidates(posterior.blurred(AIR_BLUR_S), CANDIDATES)) {
            Mode.find(posterior, start).ifPresent(found::add);
        }
        found.sort(Comparator.comparingDouble(mode -> -mode.logMass()));
        List<Mode> apart = new ArrayList<>();
        for (Mode mode : found) {
            if (mode.logMass() < found.getFirst().logMass() + NEGLIGIBLE) {
                break;
            }
            if (apart.stream().noneMatch(other -> mode.distance_m(other) < APART_M)) {
                apart.add(mode);
            }
        }
        return apart;
    }
}
