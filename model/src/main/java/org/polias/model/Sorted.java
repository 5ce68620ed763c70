// SPDX-License-Identifier: Apache-2.0
package org.polias.model;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Immutable copies in the keys' natural order. The JDK's own {@code Map.copyOf} iterates in an order that differs from process
 * to process, which would make replays differ in their bytes.
 */
public final class Sorted {

    private Sorted() {}

    /** An immutable sorted copy of {@code map}. */
    public static <K extends Comparable<K>, V> SortedMap<K, V> copyOf(Map<K, V> map) {
        return map.isEmpty() ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /** An immutable sorted copy of {@code elements}. */
    public static <E extends Comparable<E>> SortedSet<E> copyOf(Collection<E> elements) {
        return elements.isEmpty()
                ? Collections.emptySortedSet()
                : Collections.unmodifiableSortedSet(new TreeSet<>(elements));
    }
}
