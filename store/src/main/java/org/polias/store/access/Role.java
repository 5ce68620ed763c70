// SPDX-License-Identifier: Apache-2.0
package org.polias.store.access;

import java.util.Arrays;
import java.util.Optional;

/** What a user may do. */
public enum Role {
    /** Sees everything of the city, and handles incidents. */
    OPERATOR("operator"),
    /** Also sees how operators do, and what is in quarantine. */
    SUPERVISOR("supervisor"),
    /** Begins and ends exercises. */
    DIRECTOR("director"),
    /** Manages users and devices. */
    ADMINISTRATOR("administrator");

    private final String code;

    Role(String code) {
        this.code = code;
    }

    /** The stable code. */
    public String code() {
        return code;
    }

    /** The role with this code. */
    public static Optional<Role> find(String code) {
        return Arrays.stream(values()).filter(role -> role.code.equals(code)).findFirst();
    }
}
