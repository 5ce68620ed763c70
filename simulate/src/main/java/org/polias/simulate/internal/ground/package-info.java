// SPDX-License-Identifier: Apache-2.0
/** The ground as it is computed with: surfaces, walls, a lattice of nodes and distance fields on it. */
@NullMarked
package org.polias.simulate.internal.ground;

import org.jspecify.annotations.NullMarked;
