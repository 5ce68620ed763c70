// SPDX-License-Identifier: Apache-2.0
/** What is thought of the sensors themselves: who can tell of what, and whose word is doubted. */
@NullMarked
package org.polias.fuse.trust;

import org.jspecify.annotations.NullMarked;
