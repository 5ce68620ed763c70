// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics;

import java.util.Map;

import org.polias.model.acoustics.CentredLogRatio;
import org.polias.model.acoustics.SoundClass;
import org.polias.model.acoustics.SoundEvent;

/**
 * What one microphone's sound was, as far as shots are concerned: P(what was heard | kind) for five kinds of sounds, up to a common
 * factor, and how often each of them is otherwise.
 *
 * <p>What alarms weighs no more than the classifier's {@link CentredLogRatio} for it: an answer that is spread over many classes is that of a
 * classifier which does not know the sound, and its most probable class is no evidence.
 *
 * @param shot likelihood of a shot; and so on
 * @param impact of tools, engines, doors, dropped loads, backfires
 * @param otherShare of all other sounds
 * @param shotEvidence the centred log-ratio of a shot, less that of the priors
 * @param explosionEvidence the same of an explosion
 */
public record Kinds(
        double shot,
        double explosion,
        double firework,
        double impact,
        double other,
        double shotShare,
        double explosionShare,
        double fireworkShare,
        double impactShare,
        double otherShare,
        double shotEvidence,
        double explosionEvidence) {

    /** No class is ever less likely than this, compared with all. */
    private static final double LEAST = 1e-6;

    static Kinds of(SoundEvent event) {
        double shotShare = share(event.priors(), Kind.SHOT);
        double explosionShare = share(event.priors(), Kind.EXPLOSION);
        double fireworkShare = share(event.priors(), Kind.FIREWORK);
        double impactShare = share(event.priors(), Kind.IMPACT);
        double otherShare = share(event.priors(), Kind.OTHER);
        return new Kinds(
                share(event.probabilities(), Kind.SHOT) / shotShare,
                share(event.probabilities(), Kind.EXPLOSION) / explosionShare,
                share(event.probabilities(), Kind.FIREWORK) / fireworkShare,
                share(event.probabilities(), Kind.IMPACT) / impactShare,
                share(event.probabilities(), Kind.OTHER) / otherShare,
                shotShare,
                explosionShare,
                fireworkShare,
                impactShare,
                otherShare,
                evidence(event, SoundClass.GUNSHOT),
                evidence(event, SoundClass.EXPLOSION));
    }

    private static double evidence(SoundEvent event, SoundClass soundClass) {
        return CentredLogRatio.of(event.probabilities(), soundClass) - CentredLogRatio.of(event.priors(), soundClass);
    }

    private enum Kind {
        SHOT,
        EXPLOSION,
        FIREWORK,
        IMPACT,
        OTHER
    }

    private static Kind kindOf(SoundClass soundClass) {
        return switch (soundClass) {
            case GUNSHOT -> Kind.SHOT;
            case EXPLOSION -> Kind.EXPLOSION;
            case FIREWORK -> Kind.FIREWORK;
            case BACKFIRE, IMPACT, TOOL, ENGINE -> Kind.IMPACT;
            case SCREAM, GLASS, THUNDER, CROWD, VOICE, ANIMAL, HORN, SIREN, MUSIC, AMBIENT -> Kind.OTHER;
        };
    }

    private static double share(Map<SoundClass, Double> distribution, Kind kind) {
        double sum = LEAST;
        for (Map.Entry<SoundClass, Double> each : distribution.entrySet()) {
            if (kindOf(each.getKey()) == kind) {
                sum += each.getValue();
            }
        }
        return sum;
    }

    /** ln P(heard | a shot) / P(heard | another sound), where fireworks and impacts are more frequent than usual by these factors. */
    double shotRatio(double moreFireworks, double moreImpacts) {
        double f = fireworkShare * StrictMath.exp(moreFireworks);
        double i = impactShare * StrictMath.exp(moreImpacts);
        double ratio = ratio(
                shot,
                explosionShare * explosion + f * firework + i * impact + otherShare * other,
                explosionShare + f + i + otherShare);
        return Math.min(ratio, shotEvidence);
    }

    /** The same of an explosion. */
    double explosionRatio(double moreFireworks, double moreImpacts) {
        double f = fireworkShare * StrictMath.exp(moreFireworks);
        double i = impactShare * StrictMath.exp(moreImpacts);
        double ratio = ratio(
                explosion,
                shotShare * shot + f * firework + i * impact + otherShare * other,
                shotShare + f + i + otherShare);
        return Math.min(ratio, explosionEvidence);
    }

    /** The same of a firework. */
    double fireworkRatio(double moreImpacts) {
        double i = impactShare * StrictMath.exp(moreImpacts);
        return ratio(
                firework,
                shotShare * shot + explosionShare * explosion + i * impact + otherShare * other,
                shotShare + explosionShare + i + otherShare);
    }

    private static double ratio(double of, double others, double shares) {
        return StrictMath.log(of) - StrictMath.log(others / shares);
    }
}
