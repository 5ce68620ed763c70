// SPDX-License-Identifier: Apache-2.0
package org.polias.model.id;

/**
 * The form of every identifier: 1 to 128 characters out of {@code A-Z a-z 0-9 . _ : -}, beginning with a letter or digit.
 * Identifiers therefore pass unharmed through URLs, MQTT topics, file names and record keys.
 */
public final class Slug {

    /** The longest identifier, in characters. */
    public static final int MAX_LENGTH = 128;

    private Slug() {}

    /** Whether {@code value} has the form of an identifier. */
    public static boolean isValid(String value) {
        int length = value.length();
        if (length == 0 || length > MAX_LENGTH || !isAlphanumeric(value.charAt(0))) {
            return false;
        }
        for (int i = 1; i < length; i++) {
            char c = value.charAt(i);
            if (!isAlphanumeric(c) && c != '-' && c != '.' && c != '_' && c != ':') {
                return false;
            }
        }
        return true;
    }

    static void require(String what, String value) {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "The %s '%s' is not a valid identifier.%nMaybe use 1 to %d letters, digits, '.', '_', ':' or '-', beginning with a letter or digit."
                            .formatted(
                                    what, value.length() > 200 ? value.substring(0, 200) + "..." : value, MAX_LENGTH));
        }
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z';
    }
}
