// SPDX-License-Identifier: Apache-2.0
/** Ways to get people out: proposed from the network's optimum, tried by simulation, compared. {@link Planner} is the door. */
@NullMarked
package org.polias.simulate.plan;

import org.jspecify.annotations.NullMarked;
