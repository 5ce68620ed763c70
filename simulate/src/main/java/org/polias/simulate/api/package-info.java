// SPDX-License-Identifier: Apache-2.0
/**
 * What others see of the crowd simulation: the ground ({@link org.polias.simulate.api.Scene}), the people
 * ({@link org.polias.simulate.api.Population}), what happens to them ({@link org.polias.simulate.api.Scenario}) and what
 * becomes of it ({@link org.polias.simulate.api.Simulation}, {@link org.polias.simulate.api.Result}).
 *
 * <p>Places are metres in the local frame of a site: x towards east, y towards north. Times are seconds since the
 * simulation's begin. Speeds are along the ground, so on a stair along its slope.
 */
@NullMarked
package org.polias.simulate.api;

import org.jspecify.annotations.NullMarked;
