// SPDX-License-Identifier: Apache-2.0
/**
 * How the shipped classifier learns. The same sounds and the same seed give the same weights to the bit, on every machine and with any
 * number of threads: sums have a fixed order, and transcendental functions are those of {@link java.lang.StrictMath}.
 */
@NullMarked
package org.polias.perceive.acoustics.training;

import org.jspecify.annotations.NullMarked;
