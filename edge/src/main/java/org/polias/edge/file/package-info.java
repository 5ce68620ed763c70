// SPDX-License-Identifier: Apache-2.0
/** Log files that are followed. */
@NullMarked
package org.polias.edge.file;

import org.jspecify.annotations.NullMarked;
