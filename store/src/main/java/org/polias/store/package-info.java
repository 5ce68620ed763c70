// SPDX-License-Identifier: Apache-2.0
/** PostgreSQL behind one door: {@link org.polias.store.Store} opens it. */
@NullMarked
package org.polias.store;

import org.jspecify.annotations.NullMarked;
