// SPDX-License-Identifier: Apache-2.0
/** Recorded sound, listened to without a server; the formats are documented in {@code docs/acoustics.md}. */
@NullMarked
package org.polias.app.listening;

import org.jspecify.annotations.NullMarked;
