// SPDX-License-Identifier: Apache-2.0
/** How good a classifier is: what it said of sounds of which it is known what they are. */
@NullMarked
package org.polias.perceive.acoustics.evaluation;

import org.jspecify.annotations.NullMarked;
