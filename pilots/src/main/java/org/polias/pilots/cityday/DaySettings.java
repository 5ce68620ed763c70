// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.cityday;

/**
 * What a day is to be like.
 *
 * @param seed the same seed gives the same day
 * @param sites how many sites the city has
 * @param hours how long the day is
 * @param peak how many things happen at once at its busiest, over the city
 * @param liars the share of sensors that lie
 * @param prevalence a factor on how often things happen, against false alarms
 */
public record DaySettings(long seed, int sites, double hours, int peak, double liars, double prevalence) {

    /** @throws IllegalArgumentException if a number makes no day */
    public DaySettings {
        if (sites < 1 || sites > 200 || !(hours > 0 && hours <= 48) || peak < 0 || peak > 20 * sites) {
            throw new IllegalArgumentException(
                    "A city of %d sites over %s hours with %d things at once cannot be.%nMaybe use 1 to 200 sites, up to 48 hours and at most 20 things a site."
                            .formatted(sites, hours, peak));
        }
        if (!(liars >= 0 && liars <= 1) || !(prevalence > 0 && prevalence <= 100)) {
            throw new IllegalArgumentException(
                    "A share of %s liars with a prevalence of %s cannot be.%nMaybe use a share from 0 to 1 and a factor from 0.01 to 100."
                            .formatted(liars, prevalence));
        }
    }

    /** A day of twenty sites on which fifty things happen at once at the busiest. */
    public static DaySettings usual(long seed) {
        return new DaySettings(seed, 20, 24, 50, 0, 1);
    }

    /** The same with such a share of liars. */
    public DaySettings withLiars(double share) {
        return new DaySettings(seed, sites, hours, peak, share, prevalence);
    }
}
