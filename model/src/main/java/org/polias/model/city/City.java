// SPDX-License-Identifier: Apache-2.0
package org.polias.model.city;

import java.time.ZoneId;
import java.util.List;

import org.polias.model.id.TenantId;

/**
 * A city as it is configured: the whole of what one tenant has.
 *
 * @param simulated whether its sensors are simulated; everything shown of such a city says so
 */
public record City(TenantId tenant, String name, ZoneId timeZone, boolean simulated, List<SiteDefinition> sites) {

    public City {
        sites = List.copyOf(sites);
    }
}
