// SPDX-License-Identifier: Apache-2.0
/** Days of invented cities: what happens in them, what their sensors claim of it, rightly and wrongly, and what was true. */
@NullMarked
package org.polias.pilots.cityday;

import org.jspecify.annotations.NullMarked;
