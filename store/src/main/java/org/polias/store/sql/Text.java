// SPDX-License-Identifier: Apache-2.0
package org.polias.store.sql;

/** Text as PostgreSQL takes it. */
public final class Text {

    private static final char REPLACEMENT = '\uFFFD';

    private Text() {}

    /**
     * The text with U+FFFD in place of what PostgreSQL refuses: the character U+0000, and halves of surrogate pairs. What comes
     * from outside may hold either, and must not stop the batch that it is in.
     */
    public static String clean(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return cleaned(text);
            }
        }
        return text;
    }

    private static String cleaned(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
