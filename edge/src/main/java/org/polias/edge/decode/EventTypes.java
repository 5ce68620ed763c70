// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

/** The form of an event's type: 1 to 128 visible characters, such as {@code access.refused}. */
final class EventTypes {

    private static final int LONGEST = 128;

    private EventTypes() {}

    static boolean isValid(String type) {
        if (type.isEmpty() || type.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < type.length(); i++) {
            char c = type.charAt(i);
            if (c <= ' ' || Character.isISOControl(c) || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
