// SPDX-License-Identifier: Apache-2.0
/** Incidents in the making, alive and remembered, and what operators and time do to them. */
@NullMarked
package org.polias.fuse.life;

import org.jspecify.annotations.NullMarked;
