// SPDX-License-Identifier: Apache-2.0
/**
 * The pilot cities as worlds that emit real signals: what every sensor of a city would report, calm or during an exercise, as a
 * function of time and seed. {@link org.polias.pilots.transport} carries it to the platform over the network.
 */
@NullMarked
package org.polias.pilots;

import org.jspecify.annotations.NullMarked;
