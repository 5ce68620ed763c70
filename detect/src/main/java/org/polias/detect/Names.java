// SPDX-License-Identifier: Apache-2.0
package org.polias.detect;

import org.polias.model.id.StableHash;

/**
 * Names that come from outside (a signature, a credential, a door), made fit to be kept: what a source sends may be half a
 * megabyte long, and would be kept again with every report of an incident that it is part of.
 */
public final class Names {

    /** Rules, cards and doors have shorter names than this; so have incidents that people can read. */
    public static final int LONGEST = 200;

    private static final int HASH_CHARACTERS = 13;

    private Names() {}

    /** {@code name} as it is, or if it is too long its beginning and a hash of it, so that different names stay different. */
    public static String of(String name) {
        return name.length() <= LONGEST
                ? name
                : beginning(name, LONGEST - HASH_CHARACTERS - 1)
                        + '~'
                        + new StableHash().add(name).base32();
    }

    /** At most so many characters of {@code text}, and no half of a surrogate pair. */
    static String beginning(String text, int characters) {
        if (text.length() <= characters) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(characters - 1)) ? characters - 1 : characters);
    }
}
