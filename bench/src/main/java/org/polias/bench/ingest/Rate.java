// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.ingest;

/**
 * How many observations a second are to be sent.
 *
 * @param perSecond at least 1; {@link Long#MAX_VALUE} for as many as are acknowledged
 */
public record Rate(long perSecond) {

    /** As fast as it goes: the next is sent as soon as an acknowledgement makes room. */
    public static final Rate MAXIMUM = new Rate(Long.MAX_VALUE);

    public Rate {
        if (perSecond < 1) {
            throw new IllegalArgumentException("The rate is %d a second, and must be at least 1.".formatted(perSecond));
        }
    }

    /**
     * A number, or {@code max}.
     *
     * @throws IllegalArgumentException if {@code text} is neither
     */
    public static Rate parse(String text) {
        if (text.equalsIgnoreCase("max")) {
            return MAXIMUM;
        }
        try {
            return new Rate(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'%s' is no rate.%nMaybe use a whole number, or max.".formatted(text), e);
        }
    }

    /** Whether it is as fast as it goes. */
    public boolean isMaximum() {
        return perSecond == Long.MAX_VALUE;
    }

    /** The share of one of {@code connections}, in observations a second. */
    double share(int connections) {
        return isMaximum() ? Double.POSITIVE_INFINITY : (double) perSecond / connections;
    }

    @Override
    public String toString() {
        return isMaximum() ? "max" : Long.toString(perSecond);
    }
}
