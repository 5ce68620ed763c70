// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.polias.model.Sorted;

/**
 * Where the fields of an event lie in a source's own messages. Names are those that {@link Fields} gives; a JSON pointer
 * (RFC 6901) is turned into one.
 *
 * @param attributes by our name, the name in the message
 * @param types by the source's name of a type, ours
 */
public record EventMapping(
        String time, String type, String id, SortedMap<String, String> attributes, SortedMap<String, String> types) {

    /** For sources that speak our names. */
    public static final EventMapping OWN = of(Map.of());

    private static final String ATTRIBUTE = "attribute.";
    private static final String TYPE_VALUE = "type.value.";

    public EventMapping {
        attributes = Sorted.copyOf(attributes);
        types = Sorted.copyOf(types);
    }

    /**
     * Reads a datastream's mapping. What {@link #problems} objects to is left out.
     *
     * @param mapping {@code time}, {@code type}, {@code id} and {@code attribute.<name>} to JSON pointers,
     *     {@code type.value.<theirs>} to our type
     */
    public static EventMapping of(Map<String, String> mapping) {
        SortedMap<String, String> attributes = new TreeMap<>();
        SortedMap<String, String> types = new TreeMap<>();
        mapping.forEach((key, value) -> {
            if (key.startsWith(ATTRIBUTE) && isPointer(value)) {
                attributes.put(key.substring(ATTRIBUTE.length()), name(value));
            } else if (key.startsWith(TYPE_VALUE)) {
                types.put(key.substring(TYPE_VALUE.length()), value);
            }
        });
        return new EventMapping(
                named(mapping, "time"), named(mapping, "type"), named(mapping, "id"), attributes, types);
    }

    /** What is wrong with a datastream's mapping, for whoever loads it. */
    public static List<String> problems(Map<String, String> mapping) {
        List<String> problems = new ArrayList<>();
        Sorted.copyOf(mapping).forEach((key, value) -> {
            if (key.startsWith(TYPE_VALUE)) {
                if (!EventTypes.isValid(value)) {
                    problems.add("The type '%s' of mapping '%s' is not a type.%nMaybe write it as in access.refused."
                            .formatted(value, key));
                }
            } else if (key.equals("time") || key.equals("type") || key.equals("id") || key.startsWith(ATTRIBUTE)) {
                if (!isPointer(value)) {
                    problems.add(
                            "The value '%s' of mapping '%s' is not a JSON pointer.%nMaybe write it as in /card/number."
                                    .formatted(value, key));
                }
            } else {
                problems.add(
                        "There is no mapping '%s'.%nMaybe it is one of time, type, id, attribute.<name>, type.value.<theirs>."
                                .formatted(key));
            }
        });
        return List.copyOf(problems);
    }

    /** All names in the message that this mapping asks for. */
    SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>(attributes.values());
        names.add(time);
        names.add(type);
        names.add(id);
        return names;
    }

    /** The names of what an event has one of: its type, its time and its identity cannot be arrays. */
    Set<String> singles() {
        return new TreeSet<>(List.of(time, type, id));
    }

    private static String named(Map<String, String> mapping, String key) {
        String pointer = mapping.getOrDefault(key, "");
        return isPointer(pointer) ? name(pointer) : key;
    }

    private static boolean isPointer(String text) {
        return text.length() > 1 && text.charAt(0) == '/';
    }

    private static String name(String pointer) {
        return pointer.substring(1).replace('/', '.').replace("~1", "/").replace("~0", "~");
    }
}
