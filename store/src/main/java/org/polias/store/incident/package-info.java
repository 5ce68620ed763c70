// SPDX-License-Identifier: Apache-2.0
/** What the folds of the sites found: incidents and their events, detections, the health of sensors. */
@NullMarked
package org.polias.store.incident;

import org.jspecify.annotations.NullMarked;
