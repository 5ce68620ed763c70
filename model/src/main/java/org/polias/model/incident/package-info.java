// SPDX-License-Identifier: Apache-2.0
/** Hypotheses that explain detections: the incident as the fold of its events. */
@NullMarked
package org.polias.model.incident;

import org.jspecify.annotations.NullMarked;
