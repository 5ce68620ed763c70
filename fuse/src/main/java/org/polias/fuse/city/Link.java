// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import org.polias.model.id.IncidentId;

/**
 * That two live incidents are tied, or contradict each other: what is kept of a {@link Tie}, which is found again when it is to be told.
 *
 * @param one the one whose id comes first
 * @param logOdds ln P(coordinated) / P(not)
 * @param contradicted whether no one actor can have been at both
 */
public record Link(IncidentId one, IncidentId other, double logOdds, boolean contradicted) implements Comparable<Link> {

    boolean has(IncidentId incident) {
        return one.equals(incident) || other.equals(incident);
    }

    @Override
    public int compareTo(Link that) {
        int byOne = one.compareTo(that.one);
        return byOne != 0 ? byOne : other.compareTo(that.other);
    }
}
