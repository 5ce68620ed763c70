// SPDX-License-Identifier: Apache-2.0
package org.polias.store.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import org.polias.model.id.TenantId;

/**
 * A person who may sign in.
 *
 * @param login by which they sign in; in lower case, unique over all tenants
 * @param name as others see it
 * @param local whether they have a password here; others sign in elsewhere (OIDC)
 */
public record User(String login, TenantId tenant, String name, Set<Role> roles, boolean local, boolean disabled) {
    public User {
        EnumSet<Role> inOrder = EnumSet.noneOf(Role.class);
        inOrder.addAll(roles);
        roles = Collections.unmodifiableSet(inOrder);
    }
}
