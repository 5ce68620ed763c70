// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import java.time.Duration;

/**
 * The bounds and thresholds of fusion. The tables of priors, likelihoods and harm are not here: they are versioned with the
 * code and stand in {@code docs/fusion.md}.
 *
 * @param maxLive how many incidents may be live; beyond it the least critical gives way
 * @param maxTentative how many groups of unconvincing evidence are kept; beyond it the one that was silent longest goes
 * @param maxClosed how many closed incidents are remembered, for reopening and so that dismissed sources stay quiet
 * @param maxSources how many sources one incident weighs; further ones are counted only
 * @param maxEntities how many entities one incident lists, the first that came
 * @param maxReferences how many detections and observations a line of the ledger names, the latest
 * @param maxAnswers how many commands are remembered, so that one delivered twice is answered alike
 * @param maxSilentSensors how many silent sensors an incident lists, the nearest
 * @param associationThreshold the log-likelihood ratio of "the same" against "another" from which a detection joins an incident
 * @param tentativeFor how long after its last evidence arrived unconvincing evidence is kept
 * @param conditionStaleAfter how long after its last report a lasting condition counts as ended though nobody said so
 * @param publishWithin how long what a known source says again may wait until it is published, where it changes little
 * @param gathers whether it is told of each detection to which incident it was laid
 * @param notablyStronger by how much (natural logarithm) a claim must exceed what an operator judged, to count as news
 */
public record FusionSettings(
        int maxLive,
        int maxTentative,
        int maxClosed,
        int maxSources,
        int maxEntities,
        int maxReferences,
        int maxAnswers,
        int maxSilentSensors,
        double associationThreshold,
        Duration tentativeFor,
        Duration conditionStaleAfter,
        Duration publishWithin,
        boolean gathers,
        double notablyStronger) {

    /** @throws IllegalArgumentException if a bound is below 1 or a duration is not positive */
    public FusionSettings {
        requirePositive("maxLive", maxLive);
        requirePositive("maxTentative", maxTentative);
        requirePositive("maxClosed", maxClosed);
        requirePositive("maxSources", maxSources);
        requirePositive("maxEntities", maxEntities);
        requirePositive("maxReferences", maxReferences);
        requirePositive("maxAnswers", maxAnswers);
        requirePositive("maxSilentSensors", maxSilentSensors);
        requirePositive("tentativeFor in seconds", tentativeFor.toSeconds());
        requirePositive("conditionStaleAfter in seconds", conditionStaleAfter.toSeconds());
        requirePositive("publishWithin in milliseconds", publishWithin.toMillis());
    }

    /** What is used where nothing else is said. */
    public static FusionSettings defaults() {
        return new FusionSettings(
                200,
                128,
                100,
                100,
                32,
                5,
                1000,
                12,
                2.0,
                Duration.ofMinutes(30),
                Duration.ofHours(12),
                Duration.ofSeconds(1),
                false,
                1.5);
    }

    /** The same, and it is told of each detection to which incident it was laid. */
    public FusionSettings gathering() {
        return new FusionSettings(
                maxLive,
                maxTentative,
                maxClosed,
                maxSources,
                maxEntities,
                maxReferences,
                maxAnswers,
                maxSilentSensors,
                associationThreshold,
                tentativeFor,
                conditionStaleAfter,
                publishWithin,
                true,
                notablyStronger);
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "The setting %s of fusion is %d.%nMaybe use 1 or more.".formatted(name, value));
        }
    }
}
