// SPDX-License-Identifier: Apache-2.0
/** People on the move: their state, how they see each other, and the model by which they step. */
@NullMarked
package org.polias.simulate.internal.crowd;

import org.jspecify.annotations.NullMarked;
