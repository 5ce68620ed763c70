// SPDX-License-Identifier: Apache-2.0
/** Bytes into readings: pure functions without I/O, for which bad input is a value. */
@NullMarked
package org.polias.edge.decode;

import org.jspecify.annotations.NullMarked;
