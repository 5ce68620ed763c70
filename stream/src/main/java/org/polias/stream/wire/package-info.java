// SPDX-License-Identifier: Apache-2.0
/** How records are written in the log: compact, versioned, the same bytes for the same value. */
@NullMarked
package org.polias.stream.wire;

import org.jspecify.annotations.NullMarked;
