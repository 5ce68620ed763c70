// SPDX-License-Identifier: Apache-2.0
/** How much an incident matters: expected harm, apart from whether it is true. */
@NullMarked
package org.polias.fuse.criticality;

import org.jspecify.annotations.NullMarked;
