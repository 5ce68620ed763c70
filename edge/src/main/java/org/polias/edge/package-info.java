// SPDX-License-Identifier: Apache-2.0
/** Devices to the log. */
@NullMarked
package org.polias.edge;

import org.jspecify.annotations.NullMarked;
