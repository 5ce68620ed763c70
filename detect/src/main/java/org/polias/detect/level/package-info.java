// SPDX-License-Identifier: Apache-2.0
/** Quantities beyond their limits, or changing faster than they should. */
@NullMarked
package org.polias.detect.level;

import org.jspecify.annotations.NullMarked;
