// SPDX-License-Identifier: Apache-2.0
/** Density, velocity and flow as the field measures them. */
@NullMarked
package org.polias.simulate.internal.measure;

import org.jspecify.annotations.NullMarked;
