// SPDX-License-Identifier: Apache-2.0
/** Ground to walk on, made of what is known of a place: a map's features, a city's zones. */
@NullMarked
package org.polias.simulate.ground;

import org.jspecify.annotations.NullMarked;
