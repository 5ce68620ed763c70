// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.util.SortedSet;

import org.polias.model.Sorted;
import org.polias.model.city.SiteDefinition;
import org.polias.model.id.SiteKey;

/**
 * What the city level knows of a site.
 *
 * @param name what people call it
 * @param addresses the network addresses of its assets: who shares one of these has the same target, not the same attacker
 */
public record CitySite(SiteKey key, String name, SortedSet<String> addresses) {

    public CitySite {
        addresses = Sorted.copyOf(addresses);
    }

    /** What of a site's definition counts here. */
    public static CitySite of(SiteDefinition definition) {
        return new CitySite(
                definition.key(),
                definition.site().name(),
                Sorted.copyOf(definition.assets().stream()
                        .flatMap(asset -> asset.addresses().stream())
                        .toList()));
    }
}
