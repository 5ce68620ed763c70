// SPDX-License-Identifier: Apache-2.0
package org.polias.store.access;

import java.util.Locale;
import java.util.Optional;

/**
 * Which passwords may be chosen. After NIST SP 800-63B: long enough, not the user's own name, not one character again and again;
 * no rules about kinds of characters.
 */
public final class PasswordPolicy {

    /** The shortest password, in characters. */
    public static final int MIN_LENGTH = 10;

    /** The longest; beyond it a password is an attack on the processor. */
    public static final int MAX_LENGTH = 256;

    private PasswordPolicy() {}

    /** What is wrong with {@code password} for the user {@code login}, with advice; empty if it may be used. */
    public static Optional<String> findProblem(String login, String password) {
        int length = password.codePointCount(0, password.length());
        if (length < MIN_LENGTH) {
            return Optional.of(
                    "The password has %d characters and needs at least %d.%nMaybe take a few words that do not belong together."
                            .formatted(length, MIN_LENGTH));
        }
        if (length > MAX_LENGTH) {
            return Optional.of(
                    "The password has %d characters and may have %d.%nMaybe shorten it.".formatted(length, MAX_LENGTH));
        }
        if (login.length() >= 4 && password.toLowerCase(Locale.ROOT).contains(login.toLowerCase(Locale.ROOT))) {
            return Optional.of(
                    "The password contains the user's name '%s'.%nMaybe take a few words that do not belong together."
                            .formatted(login));
        }
        if (password.codePoints().distinct().count() < 4) {
            return Optional.of(
                    "The password has hardly any different characters.%nMaybe take a few words that do not belong together.");
        }
        return Optional.empty();
    }
}
