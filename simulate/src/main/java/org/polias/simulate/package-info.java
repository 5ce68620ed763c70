// SPDX-License-Identifier: Apache-2.0
/** What would happen: crowds on the move. {@link org.polias.simulate.CrowdSimulator} is the door. */
@NullMarked
package org.polias.simulate;

import org.jspecify.annotations.NullMarked;
