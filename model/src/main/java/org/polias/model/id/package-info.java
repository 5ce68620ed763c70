// SPDX-License-Identifier: Apache-2.0
/** Identifiers: short strings with a type each, and the stable hash from which derived ids are computed. */
@NullMarked
package org.polias.model.id;

import org.jspecify.annotations.NullMarked;
