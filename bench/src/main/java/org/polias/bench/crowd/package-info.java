// SPDX-License-Identifier: Apache-2.0
/**
 * Is the crowd simulation right, and is it fast? The verification suite with the field's published tests and measurements, and
 * the speed on a stadium's district.
 */
@NullMarked
package org.polias.bench.crowd;

import org.jspecify.annotations.NullMarked;
