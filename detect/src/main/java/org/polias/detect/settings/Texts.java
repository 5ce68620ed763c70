// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.settings;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Values as people write them. */
final class Texts {

    private static final String[] UNITS = {"ms", "min", "s", "h", "d"};
    private static final double[] UNIT_S = {0.001, 60, 1, 3600, 86_400};

    private Texts() {}

    static Optional<Double> findNumber(String text) {
        try {
            double value = new BigDecimal(text.strip()).doubleValue();
            return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    static Optional<Integer> findWhole(String text) {
        try {
            return Optional.of(new BigDecimal(text.strip()).intValueExact());
        } catch (ArithmeticException | NumberFormatException notWhole) {
            return Optional.empty();
        }
    }

    /** Reads {@code 10s}, {@code 500ms}, {@code 5min}, {@code 2h}, {@code 1d} and ISO 8601; never negative. */
    static Optional<Duration> findDuration(String text) {
        String stripped = text.strip();
        for (int i = 0; i < UNITS.length; i++) {
            if (stripped.endsWith(UNITS[i])) {
                double unit_s = UNIT_S[i];
                return findNumber(stripped.substring(0, stripped.length() - UNITS[i].length()))
                        .filter(n -> n >= 0 && n * unit_s < 1e9)
                        .map(n -> Duration.ofMillis(Math.round(n * unit_s * 1000)));
            }
        }
        try {
            return Optional.of(Duration.parse(stripped)).filter(d -> !d.isNegative() && d.toSeconds() < 1_000_000_000L);
        } catch (DateTimeException notIso) {
            return Optional.empty();
        }
    }

    /** A number without needless digits. */
    static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e12
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** The nearest of {@code known} to a misspelt word, where one is near. */
    static Optional<String> findNearest(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= Math.max(2, word.length() / 3))
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's edit distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                row[j] = Math.min(
                        Math.min(row[j], row[j - 1]) + 1, diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
