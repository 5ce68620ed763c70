// SPDX-License-Identifier: Apache-2.0
/**
 * Days of random cities in which it is known what happened: what sensors report of real events, of nothing, and of what liars want
 * believed. Written from how things spread in the world, not from how fusion weighs them.
 */
@NullMarked
package org.polias.pilots.cityday;

import org.jspecify.annotations.NullMarked;
