// SPDX-License-Identifier: Apache-2.0
package org.polias.app.scene;

import java.util.List;

import org.polias.simulate.ground.Situation;

/** What came of reading a scene, whatever its file. */
public sealed interface Reading {

    /**
     * There is a scene.
     *
     * @param notes what was mended, assumed or left out, sentences
     */
    record Read(Situation situation, List<String> notes) implements Reading {
        public Read {
            notes = List.copyOf(notes);
        }
    }

    /**
     * There is none.
     *
     * @param problems all that is wrong, as people read it
     */
    record Refused(List<String> problems) implements Reading {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
