// SPDX-License-Identifier: Apache-2.0
/** Sounds. */
@NullMarked
package org.polias.detect.acoustics;

import org.jspecify.annotations.NullMarked;
