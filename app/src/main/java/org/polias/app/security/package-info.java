// SPDX-License-Identifier: Apache-2.0
/** Who may do what: sessions, roles, sign-in with an identity provider. */
@NullMarked
package org.polias.app.security;

import org.jspecify.annotations.NullMarked;
