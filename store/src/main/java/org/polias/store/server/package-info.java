// SPDX-License-Identifier: Apache-2.0
/** A PostgreSQL server of our own, from embedded binaries. */
@NullMarked
package org.polias.store.server;

import org.jspecify.annotations.NullMarked;
