// SPDX-License-Identifier: Apache-2.0
/** Detections into incidents. */
@NullMarked
package org.polias.fuse;

import org.jspecify.annotations.NullMarked;
