// SPDX-License-Identifier: Apache-2.0
/** From the log to the database and the live picture. */
@NullMarked
package org.polias.app.projection;

import org.jspecify.annotations.NullMarked;
