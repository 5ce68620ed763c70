// SPDX-License-Identifier: Apache-2.0
/** Folds a recorded log again, and keeps logs in files. */
@NullMarked
package org.polias.stream.replay;

import org.jspecify.annotations.NullMarked;
