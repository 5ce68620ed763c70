// SPDX-License-Identifier: Apache-2.0
/** How the store talks to its database: connections, transactions, partitions, COPY. */
@NullMarked
package org.polias.store.sql;

import org.jspecify.annotations.NullMarked;
