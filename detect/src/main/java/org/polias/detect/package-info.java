// SPDX-License-Identifier: Apache-2.0
/** Observations into detections: one small fold a detector. */
@NullMarked
package org.polias.detect;

import org.jspecify.annotations.NullMarked;
