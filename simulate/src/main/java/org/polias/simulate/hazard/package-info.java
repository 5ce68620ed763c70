// SPDX-License-Identifier: Apache-2.0
/** What drives people away: gas on the wind, blast, and an attacker on the move, each as a field over place and time. */
@NullMarked
package org.polias.simulate.hazard;

import org.jspecify.annotations.NullMarked;
