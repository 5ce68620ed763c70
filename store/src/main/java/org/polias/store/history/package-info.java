// SPDX-License-Identifier: Apache-2.0
/** Observations as they were received, for as long as they are kept. */
@NullMarked
package org.polias.store.history;

import org.jspecify.annotations.NullMarked;
