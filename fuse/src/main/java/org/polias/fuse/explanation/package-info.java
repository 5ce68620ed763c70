// SPDX-License-Identifier: Apache-2.0
/** What a person reads: titles, numbers, silent sensors. */
@NullMarked
package org.polias.fuse.explanation;

import org.jspecify.annotations.NullMarked;
