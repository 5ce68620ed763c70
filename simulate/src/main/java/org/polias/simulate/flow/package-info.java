// SPDX-License-Identifier: Apache-2.0
/** Flows over time: the quickest that there can be, and the one that has most people out at every moment. */
@NullMarked
package org.polias.simulate.flow;

import org.jspecify.annotations.NullMarked;
