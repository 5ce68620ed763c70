// SPDX-License-Identifier: Apache-2.0
/** Detector tests as readable text: what happens, and what is detected. */
@NullMarked
package org.polias.detect.script;

import org.jspecify.annotations.NullMarked;
