// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.time.Duration;

/**
 * The bounds and thresholds of the city level. What ties weigh stands in {@link Weights} and in {@code docs/campaigns.md}.
 *
 * @param maxLive how many live incidents are looked at; beyond it the one that changed longest ago gives way
 * @param maxClosed how many closed incidents are remembered, so that what is told again has no second effect
 * @param maxFormer how many incidents that left a campaign lists, the latest
 * @param neighbours with how many incidents before it and after it an incident is compared in each thing they share
 * @param prior the probability that two incidents are coordinated, before anything is known of them
 * @param openAt the probability from which incidents are held to be coordinated
 * @param endBelow the probability below which they no longer are
 * @param lateness by how much inputs may come out of order; so long each waits
 * @param horizon incidents that began further apart are never tied
 * @param remembered how long closed incidents are remembered
 */
public record CitySettings(
        int maxLive,
        int maxClosed,
        int maxFormer,
        int neighbours,
        double prior,
        double openAt,
        double endBelow,
        Duration lateness,
        Duration horizon,
        Duration remembered) {

    /** @throws IllegalArgumentException if a bound is below 1, a probability not between 0 and 1, or a threshold above the other */
    public CitySettings {
        requirePositive("maxLive", maxLive);
        requirePositive("maxClosed", maxClosed);
        requirePositive("maxFormer", maxFormer);
        requirePositive("neighbours", neighbours);
        requireProbability("prior", prior);
        requireProbability("openAt", openAt);
        requireProbability("endBelow", endBelow);
        if (endBelow > openAt) {
            throw new IllegalArgumentException("A campaign would end below %s and open at %s.%nMaybe exchange the two."
                    .formatted(endBelow, openAt));
        }
        if (lateness.isNegative()) {
            throw new IllegalArgumentException(
                    "The setting lateness of the city level is %s.%nMaybe use 0 or more.".formatted(lateness));
        }
        requirePositive("horizon in seconds", horizon.toSeconds());
        requirePositive("remembered in seconds", remembered.toSeconds());
    }

    /** What is used where nothing else is said. */
    public static CitySettings defaults() {
        return new CitySettings(
                1000, 1000, 16, 4, 0.02, 0.8, 0.5, Duration.ofSeconds(2), Duration.ofHours(12), Duration.ofHours(12));
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "The setting %s of the city level is %d.%nMaybe use 1 or more.".formatted(name, value));
        }
    }

    private static void requireProbability(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(
                    "The setting %s of the city level is %s.%nMaybe use a probability above 0 and below 1."
                            .formatted(name, value));
        }
    }
}
