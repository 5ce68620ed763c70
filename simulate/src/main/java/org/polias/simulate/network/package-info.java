// SPDX-License-Identifier: Apache-2.0
/** The ground as a network: places joined by passages with a width, found in the shape of the ground. */
@NullMarked
package org.polias.simulate.network;

import org.jspecify.annotations.NullMarked;
