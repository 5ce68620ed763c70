// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.ground;

import org.locationtech.jts.geom.Geometry;

/**
 * A connected sheet to walk on, seen from above: a level, or a stair with its own sheet because it lies over a level.
 *
 * @param index its place among the ground's surfaces; levels come first, in the scene's order, then stairs
 * @param level the index of the level; of a stair, that of its foot
 * @param stair the index of the scene's stair; -1: it is a level
 * @param shape what can be walked on, in plan
 * @param planPerSlope the length in plan of a metre along the ground: 1 on a level
 * @param upX with {@code upY} the unit vector in plan that leads up; zero on a level
 * @param isStep whether it has steps, on which stairs' speeds hold and which wheels cannot climb
 */
public record Surface(
        int index, int level, int stair, Geometry shape, double planPerSlope, double upX, double upY, boolean isStep) {

    public boolean isLevel() {
        return stair < 0;
    }
}
