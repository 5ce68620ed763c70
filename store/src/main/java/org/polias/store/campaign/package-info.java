// SPDX-License-Identifier: Apache-2.0
/** Campaigns as the city level last told them. */
@NullMarked
package org.polias.store.campaign;

import org.jspecify.annotations.NullMarked;
