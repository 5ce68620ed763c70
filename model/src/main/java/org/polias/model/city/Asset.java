// SPDX-License-Identifier: Apache-2.0
package org.polias.model.city;

import java.util.List;
import java.util.Optional;

import org.polias.model.id.AssetId;
import org.polias.model.id.ZoneId;
import org.polias.model.place.Position;

/**
 * Something worth protecting, or through which harm can come: a gate, a door, a server, a tank.
 *
 * @param zone the zone in which it stands, where it stands in one
 * @param importance how much depends on it compared with an ordinary asset (1); 0.1 to 10
 * @param addresses the network addresses (IP or CIDR) by which network sensors know it
 */
public record Asset(
        AssetId id,
        String name,
        AssetKind kind,
        Position position,
        Optional<ZoneId> zone,
        double importance,
        List<String> addresses) {

    public Asset {
        addresses = List.copyOf(addresses);
    }
}
