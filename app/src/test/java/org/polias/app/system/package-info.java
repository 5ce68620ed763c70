// SPDX-License-Identifier: Apache-2.0
/** Tests of the platform as it is shipped: as processes, with their ports, files and deaths. */
@NullMarked
package org.polias.app.system;

import org.jspecify.annotations.NullMarked;
