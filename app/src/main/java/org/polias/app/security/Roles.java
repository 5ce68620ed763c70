// SPDX-License-Identifier: Apache-2.0
package org.polias.app.security;

import java.util.Set;

/** The codes of {@link org.polias.store.access.Role}, as annotations need them. A role stands for itself; an administrator is not an operator unless made one. */
public final class Roles {

    /** Sees everything of the tenant; acknowledges, assigns, dismisses. */
    public static final String OPERATOR = "operator";
    /** What an operator does, and replays the quarantine. */
    public static final String SUPERVISOR = "supervisor";
    /** Begins and ends exercises. */
    public static final String DIRECTOR = "director";
    /** Manages users and devices. */
    public static final String ADMINISTRATOR = "administrator";

    /** All roles. */
    public static final Set<String> ALL = Set.of(OPERATOR, SUPERVISOR, DIRECTOR, ADMINISTRATOR);

    private Roles() {}
}
