// SPDX-License-Identifier: Apache-2.0
/** What the house needs from its adapters: the log, the registry, the clock of the outside. */
@NullMarked
package org.polias.model.port;

import org.jspecify.annotations.NullMarked;
