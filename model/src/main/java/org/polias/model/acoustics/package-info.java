// SPDX-License-Identifier: Apache-2.0
/** What a microphone's edge reports instead of sound. */
@NullMarked
package org.polias.model.acoustics;

import org.jspecify.annotations.NullMarked;
