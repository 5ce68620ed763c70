// SPDX-License-Identifier: Apache-2.0
/** What a sensor reported (OGC Observations and Measurements). */
@NullMarked
package org.polias.model.observation;

import org.jspecify.annotations.NullMarked;
