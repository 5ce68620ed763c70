// SPDX-License-Identifier: Apache-2.0
/** The log's topics, and how they are written and read. */
@NullMarked
package org.polias.stream.log;

import org.jspecify.annotations.NullMarked;
