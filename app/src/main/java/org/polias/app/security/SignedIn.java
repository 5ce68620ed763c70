// SPDX-License-Identifier: Apache-2.0
package org.polias.app.security;

import java.util.List;

/** Somebody, or the command line, who is signed in. */
public record SignedIn(String user, String name, List<String> roles) {

    public SignedIn {
        roles = List.copyOf(roles);
    }
}
