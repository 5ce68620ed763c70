// SPDX-License-Identifier: Apache-2.0
/** Where: WGS84 positions, the local metric frame of a site, uncertainty as a covariance. */
@NullMarked
package org.polias.model.place;

import org.jspecify.annotations.NullMarked;
