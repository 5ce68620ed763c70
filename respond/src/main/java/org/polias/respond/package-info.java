// SPDX-License-Identifier: Apache-2.0
/** Incidents into advice. */
@NullMarked
package org.polias.respond;

import org.jspecify.annotations.NullMarked;
