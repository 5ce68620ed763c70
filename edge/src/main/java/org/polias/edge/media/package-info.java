// SPDX-License-Identifier: Apache-2.0
/**
 * Recorded sound into PCM, by FFmpeg. Its native libraries are loaded when the first file is opened, not before; without them
 * all else works.
 */
@NullMarked
package org.polias.edge.media;

import org.jspecify.annotations.NullMarked;
