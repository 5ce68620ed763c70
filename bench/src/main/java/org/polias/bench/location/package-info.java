// SPDX-License-Identifier: Apache-2.0
/**
 * How well sounds are located: cities are simulated with what the locator does not assume (echoes off facades, winds and clocks that
 * are what they are), and what it makes of the arrivals is compared with the truth.
 */
@NullMarked
package org.polias.bench.location;

import org.jspecify.annotations.NullMarked;
