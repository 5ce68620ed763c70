// SPDX-License-Identifier: Apache-2.0
package org.polias.detect;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;

import org.polias.model.observation.Observation;
import org.polias.model.observation.Quality;
import org.polias.model.observation.Result;

/** What detectors ask of observations and of instants, without allocating. */
public final class Measured {

    private Measured() {}

    /**
     * The number that {@code observation} measured; NaN where its result is not a number or its quality is
     * {@linkplain Quality#BAD bad}: such an observation weighs nothing.
     */
    public static double valueOf(Observation observation) {
        if (observation.quality() == Quality.BAD) {
            return Double.NaN;
        }
        return switch (observation.result()) {
            case Result.Quantity quantity -> quantity.value();
            case Result.Count count -> count.value();
            case Result.Truth ignored -> Double.NaN;
            case Result.Category ignored -> Double.NaN;
            case Result.Vector ignored -> Double.NaN;
            case Result.EventRecord ignored -> Double.NaN;
            case Result.Text ignored -> Double.NaN;
        };
    }

    /** The seconds from {@code from} to {@code to}. */
    public static double seconds(Instant from, Instant to) {
        return (to.getEpochSecond() - from.getEpochSecond()) + (to.getNano() - from.getNano()) * 1e-9;
    }

    /** {@code value} for people: to {@code digits} significant digits, without needless zeros. */
    public static String text(double value, int digits) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** {@code value} for people, with its unit as they write it: four significant digits. */
    public static String text(double value, String ucum) {
        String number = text(value, 4);
        return switch (ucum) {
            case "" -> number;
            case "Cel" -> number + " °C";
            case "%" -> number + " %";
            case "[ppm]" -> number + " ppm";
            // All other units are written as they are coded.
            default -> number + ' ' + ucum;
        };
    }

    /** The later of two instants. */
    public static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
