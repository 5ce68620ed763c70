// SPDX-License-Identifier: Apache-2.0
/** Streams of detections as files: reading them, fusing them without a platform, and telling what came of it. */
@NullMarked
package org.polias.app.fusion;

import org.jspecify.annotations.NullMarked;
