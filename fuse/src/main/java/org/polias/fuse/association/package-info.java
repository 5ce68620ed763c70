// SPDX-License-Identifier: Apache-2.0
/** Which detections tell of the same thing. */
@NullMarked
package org.polias.fuse.association;

import org.jspecify.annotations.NullMarked;
