// SPDX-License-Identifier: Apache-2.0
/** What fusion needs to know of a site: names, sensors, and where people are. */
@NullMarked
package org.polias.fuse.site;

import org.jspecify.annotations.NullMarked;
