// SPDX-License-Identifier: Apache-2.0
/** Sounds located offline: a file of arrivals in, sources out. */
@NullMarked
package org.polias.app.location;

import org.jspecify.annotations.NullMarked;
