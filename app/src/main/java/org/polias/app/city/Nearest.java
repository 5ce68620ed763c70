// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that someone probably meant. */
public final class Nearest {

    private static final int MAX_LENGTH = 60;

    private Nearest() {}

    /** Of the names, the one with the fewest typing slips from {@code written}, if they are few for its length. */
    static Optional<String> find(String written, Collection<String> names) {
        if (written.isEmpty() || written.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        int limit = Math.max(1, written.length() / 3);
        return names.stream()
                .filter(name -> Math.abs(name.length() - written.length()) <= limit)
                .map(name -> new Candidate(name, distance(written, name)))
                .filter(candidate -> candidate.slips <= limit)
                .min(Comparator.comparingInt(Candidate::slips).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    /** Advice for an unknown name: what was probably meant, else {@code otherwise}. */
    public static String advice(String written, Collection<String> names, String otherwise) {
        return find(written, names)
                .map(name -> "Maybe you meant \"%s\".".formatted(name))
                .orElse(otherwise);
    }

    /** Insertions, deletions, replacements and swaps of neighbours that make {@code b} of {@code a}; case is ignored. */
    static int distance(String a, String b) {
        String s = a.toLowerCase(Locale.ROOT);
        String t = b.toLowerCase(Locale.ROOT);
        int[][] d = new int[s.length() + 1][t.length() + 1];
        for (int i = 0; i <= s.length(); i++) {
            for (int j = 0; j <= t.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replaced = d[i - 1][j - 1] + (s.charAt(i - 1) == t.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && s.charAt(i - 1) == t.charAt(j - 2) && s.charAt(i - 2) == t.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[s.length()][t.length()];
    }

    private record Candidate(String name, int slips) {}
}
