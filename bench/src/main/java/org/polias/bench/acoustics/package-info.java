// SPDX-License-Identifier: Apache-2.0
/** Measures how many microphones one processor core follows. */
@NullMarked
package org.polias.bench.acoustics;

import org.jspecify.annotations.NullMarked;
