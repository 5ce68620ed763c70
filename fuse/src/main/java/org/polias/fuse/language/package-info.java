// SPDX-License-Identifier: Apache-2.0
/** Numbers and names in plain words. */
@NullMarked
package org.polias.fuse.language;

import org.jspecify.annotations.NullMarked;
