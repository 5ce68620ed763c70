// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.settings;

import java.util.SortedSet;

import org.polias.model.Sorted;

/**
 * Something to which a kind of detector can apply.
 *
 * @param id of the datastream, zone, asset or site
 * @param names what settings may call it: its id and, of a datastream, its observed property
 */
public record Subject(String id, SortedSet<String> names) {

    public Subject {
        names = Sorted.copyOf(names);
    }
}
