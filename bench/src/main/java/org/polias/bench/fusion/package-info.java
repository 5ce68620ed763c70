// SPDX-License-Identifier: Apache-2.0
/** How fast detections are fused, and how well. */
@NullMarked
package org.polias.bench.fusion;

import org.jspecify.annotations.NullMarked;
