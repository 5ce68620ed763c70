// SPDX-License-Identifier: Apache-2.0
/** Who may come in: users, their sessions, devices. */
@NullMarked
package org.polias.store.access;

import org.jspecify.annotations.NullMarked;
