// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

/** What a sender wrote, made fit to stand in a message: short, on one line, and without control characters. */
public final class Excerpt {

    private static final int LONGEST = 80;

    private Excerpt() {}

    /** {@code text} in single quotes. */
    public static String quoted(String text) {
        return "'" + of(text) + "'";
    }

    /** {@code text}, at most 80 characters of it. */
    public static String of(String text) {
        StringBuilder excerpt = new StringBuilder(Math.min(text.length(), LONGEST) + 3);
        for (int i = 0; i < text.length() && i < LONGEST; i++) {
            char c = text.charAt(i);
            excerpt.append(
                    Character.isISOControl(c) || Character.isSurrogate(c) || c == 0xFFFE || c == 0xFFFF ? '?' : c);
        }
        return text.length() > LONGEST ? excerpt.append("...").toString() : excerpt.toString();
    }
}
