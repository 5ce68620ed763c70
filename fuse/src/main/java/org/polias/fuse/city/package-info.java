// SPDX-License-Identifier: Apache-2.0
/** The city level of fusion: incidents of all sites of a tenant into campaigns. */
@NullMarked
package org.polias.fuse.city;

import org.jspecify.annotations.NullMarked;
