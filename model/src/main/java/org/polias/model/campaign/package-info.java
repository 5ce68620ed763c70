// SPDX-License-Identifier: Apache-2.0
/** Campaigns: incidents of several sites, or of several kinds, that are held to be one actor's work. */
@NullMarked
package org.polias.model.campaign;

import org.jspecify.annotations.NullMarked;
