// SPDX-License-Identifier: Apache-2.0
/** The sensors themselves: silent, stuck, implausible, lost together. */
@NullMarked
package org.polias.detect.health;

import org.jspecify.annotations.NullMarked;
