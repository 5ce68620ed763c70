// SPDX-License-Identifier: Apache-2.0
/** What a city is made of: tenants, sites, zones, assets, things, sensors and their datastreams. */
@NullMarked
package org.polias.model.city;

import org.jspecify.annotations.NullMarked;
