// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.learning;

import java.util.List;

/**
 * The verdicts, and what follows from them. The calibrations are a function of the verdicts alone: whoever takes a verdict back has
 * exactly what there was without it.
 *
 * @param verdicts in the order in which they were given, one for an incident
 * @param calibrations by detector and type, in that order
 */
public record LearningState(List<Verdict> verdicts, List<Calibration> calibrations) {

    /** No verdict was given. */
    public static final LearningState EMPTY = new LearningState(List.of(), List.of());

    public LearningState {
        verdicts = List.copyOf(verdicts);
        calibrations = List.copyOf(calibrations);
    }
}
