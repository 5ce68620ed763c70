// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.location;

/**
 * Under what circumstances a sound is located.
 *
 * @param name for the table
 * @param microphones how many hear it
 * @param echoShare how often a microphone reports an echo instead of the direct sound
 * @param echoes how late echoes are
 * @param outside whether the source lies beyond the microphones
 * @param jitter_s the true standard deviation of an onset; {@link #STATED_JITTER_S} is what is stated
 * @param wrongClock_s by how much one microphone's clock is wrong without anyone knowing
 * @param reverberant how often a microphone reports an echo after the direct sound besides
 * @param isAirKnown whether a weather sensor tells temperature and wind
 * @param shooters how many places there are; they fire {@value #APART_S} s apart
 * @param shots how many sounds there are from each place
 */
record Circumstances(
        String name,
        int microphones,
        double echoShare,
        Echoes echoes,
        boolean outside,
        double jitter_s,
        double wrongClock_s,
        double reverberant,
        boolean isAirKnown,
        int shooters,
        int shots) {

    static final double STATED_JITTER_S = 0.01;
    /** Between two shooters. */
    static final double APART_S = 0.3;
    /** Between the shots of a burst: 600 a minute. */
    static final double BURST_S = 0.1;

    /** Where echoes come from. */
    enum Echoes {
        /** The image of the source in a facade near it or near the microphone: the true detour. */
        FACADES,
        /** Late by an exponential time of 100 ms in the mean. */
        EXPONENTIAL
    }

    /** What is usual: {@code microphones} around the source, off facades, with nothing else wrong. */
    static Circumstances usual(int microphones, double echoShare) {
        return new Circumstances(
                "usual", microphones, echoShare, Echoes.FACADES, false, STATED_JITTER_S, 0, 0, false, 1, 1);
    }

    Circumstances named(String more) {
        return new Circumstances(
                more,
                microphones,
                echoShare,
                echoes,
                outside,
                jitter_s,
                wrongClock_s,
                reverberant,
                isAirKnown,
                shooters,
                shots);
    }

    Circumstances withExponentialEchoes() {
        return new Circumstances(
                "exponential echoes",
                microphones,
                echoShare,
                Echoes.EXPONENTIAL,
                outside,
                jitter_s,
                wrongClock_s,
                reverberant,
                isAirKnown,
                shooters,
                shots);
    }

    Circumstances fromOutside() {
        return new Circumstances(
                "source outside",
                microphones,
                echoShare,
                echoes,
                true,
                jitter_s,
                wrongClock_s,
                reverberant,
                isAirKnown,
                shooters,
                shots);
    }

    Circumstances withJitter(double truth_s) {
        return new Circumstances(
                "jitter %.0f ms".formatted(truth_s * 1000),
                microphones,
                echoShare,
                echoes,
                outside,
                truth_s,
                wrongClock_s,
                reverberant,
                isAirKnown,
                shooters,
                shots);
    }

    Circumstances withWrongClock(double wrong_s) {
        return new Circumstances(
                "clock wrong by %.0f ms".formatted(wrong_s * 1000),
                microphones,
                echoShare,
                echoes,
                outside,
                jitter_s,
                wrong_s,
                reverberant,
                isAirKnown,
                shooters,
                shots);
    }

    Circumstances withReverberation(double share) {
        return new Circumstances(
                "reverberant",
                microphones,
                echoShare,
                echoes,
                outside,
                jitter_s,
                wrongClock_s,
                share,
                isAirKnown,
                shooters,
                shots);
    }

    Circumstances withKnownAir() {
        return new Circumstances(
                "weather known",
                microphones,
                echoShare,
                echoes,
                outside,
                jitter_s,
                wrongClock_s,
                reverberant,
                true,
                shooters,
                shots);
    }

    Circumstances withShooters(int count, int shotsEach) {
        return new Circumstances(
                count == 1 ? "burst of " + shotsEach : "%d shooters".formatted(count),
                microphones,
                echoShare,
                echoes,
                outside,
                jitter_s,
                wrongClock_s,
                reverberant,
                isAirKnown,
                count,
                shotsEach);
    }
}
