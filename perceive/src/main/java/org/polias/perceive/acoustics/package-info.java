// SPDX-License-Identifier: Apache-2.0
/** Sound into what was heard: from 16 kHz PCM to events with an onset, a level and calibrated probabilities of their class. */
@NullMarked
package org.polias.perceive.acoustics;

import org.jspecify.annotations.NullMarked;
