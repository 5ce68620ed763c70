// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.ground;

import java.util.Map;
import java.util.OptionalDouble;

import org.jspecify.annotations.Nullable;

/** Who may walk on a way of the map, and how wide it is. */
final class WayWidth {

    private static final double LANE_M = 3.0;
    private static final double PAVEMENT_M = 2.0;

    private WayWidth() {}

    /**
     * The width on which people can walk once they may use the whole street, metres: the tag {@code width} (or {@code est_width}), else
     * lanes and pavements, else what is usual for the class. None where nobody walks.
     */
    static OptionalDouble of(Map<String, String> tags) {
        String highway = tags.getOrDefault("highway", "");
        String foot = tags.getOrDefault("foot", "");
        String access = tags.getOrDefault("access", "");
        if (foot.equals("no") || foot.equals("use_sidepath") && highway.isEmpty()) {
            return OptionalDouble.empty();
        }
        boolean isAllowed = foot.equals("yes") || foot.equals("designated") || foot.equals("permissive");
        if ((access.equals("no") || access.equals("private")) && !isAllowed) {
            return OptionalDouble.empty();
        }
        if (tags.containsKey("proposed") || tags.containsKey("construction") || tags.containsKey("abandoned")) {
            return OptionalDouble.empty();
        }
        double usual =
                switch (highway) {
                    case "pedestrian" -> 8;
                    case "living_street" -> 6;
                    case "residential", "unclassified", "road" -> 9;
                    case "tertiary", "tertiary_link" -> 10;
                    case "secondary", "secondary_link" -> 12;
                    case "primary", "primary_link" -> 14;
                    case "trunk", "trunk_link" -> isAllowed ? 14 : 0;
                    case "service" -> 4;
                    case "track", "bridleway" -> 3;
                    case "cycleway" -> 2.5;
                    case "footway", "steps" -> 2;
                    case "path" -> 1.5;
                    case "corridor", "platform" -> 3;
                    default -> 0;
                };
        if (usual == 0) {
            return OptionalDouble.empty();
        }
        OptionalDouble tagged = metres(tags.get("width"));
        if (tagged.isEmpty()) {
            tagged = metres(tags.get("est_width"));
        }
        if (tagged.isPresent()) {
            return OptionalDouble.of(Math.clamp(tagged.getAsDouble(), 0.8, 60));
        }
        OptionalDouble lanes = metres(tags.get("lanes"));
        boolean isRoad = usual >= 9;
        if (lanes.isPresent() && isRoad) {
            double pavements =
                    switch (tags.getOrDefault("sidewalk", "both")) {
                        case "no", "none", "separate" -> 0;
                        case "left", "right" -> PAVEMENT_M;
                        default -> 2 * PAVEMENT_M;
                    };
            return OptionalDouble.of(Math.clamp(lanes.getAsDouble() * LANE_M + pavements, 3, 60));
        }
        return OptionalDouble.of(usual);
    }

    /** A length as mappers write it: {@code 3.5}, {@code 3.5 m}, {@code 12'6"}, {@code 12 ft}; none if it is no number. */
    static OptionalDouble metres(@Nullable String text) {
        if (text == null) {
            return OptionalDouble.empty();
        }
        String value = text.strip().replace(',', '.');
        double factor = 1;
        if (value.endsWith("ft") || value.contains("'")) {
            factor = 0.3048;
        }
        int end = 0;
        while (end < value.length() && (Character.isDigit(value.charAt(end)) || value.charAt(end) == '.')) {
            end++;
        }
        try {
            double number = Double.parseDouble(value.substring(0, end));
            return number > 0 && number < 1000 ? OptionalDouble.of(number * factor) : OptionalDouble.empty();
        } catch (NumberFormatException _) {
            return OptionalDouble.empty();
        }
    }
}
