// SPDX-License-Identifier: Apache-2.0
/** OpenStreetMap's files. */
@NullMarked
package org.polias.app.osm;

import org.jspecify.annotations.NullMarked;
