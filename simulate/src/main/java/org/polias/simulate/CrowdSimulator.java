// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate;

import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Settings;
import org.polias.simulate.api.UnusableInput;
import org.polias.simulate.api.Workers;
import org.polias.simulate.internal.WalkableGround;
import org.polias.simulate.internal.ground.PreparedGround;

/** The way in: makes a scene ready to walk on. */
public final class CrowdSimulator {

    private CrowdSimulator() {}

    /**
     * Mends and checks a scene and computes its fields of walking distances.
     *
     * @throws UnusableInput if something is wrong with the scene that cannot be mended
     */
    public static Ground prepare(Scene scene, Settings settings, Workers workers) {
        return new WalkableGround(new PreparedGround(scene, settings, workers));
    }
}
