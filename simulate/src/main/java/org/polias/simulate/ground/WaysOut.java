// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.ground;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.util.PolygonExtracter;
import org.locationtech.jts.operation.buffer.BufferParameters;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import org.polias.simulate.api.Exit;
import org.polias.simulate.network.Floor;

/** Exits where ground meets the edge of what is looked at. */
final class WaysOut {

    /** An exit is a strip so deep inside the edge. */
    private static final double DEPTH_M = 1.5;
    /** Narrower ways out than this are no exits. */
    private static final double MIN_WIDTH_M = 1;

    private static final int MAX_EXITS = 40;

    private WaysOut() {}

    /**
     * The exits of {@code ground}, named after the side and the street; at most the 40 widest.
     *
     * @param edge of what is looked at
     * @param street names the street at a place
     */
    static List<Exit> of(
            Geometry ground, Geometry edge, String level, Function<Geometry, String> street, List<String> notes) {
        Geometry rim = OverlayNGRobust.overlay(
                edge, edge.buffer(-DEPTH_M, 1, BufferParameters.CAP_FLAT), OverlayNG.DIFFERENCE);
        Coordinate middle = edge.getCentroid().getCoordinate();
        List<Polygon> strips = new ArrayList<>();
        for (Object each : PolygonExtracter.getPolygons(OverlayNGRobust.overlay(ground, rim, OverlayNG.INTERSECTION))) {
            Polygon strip = (Polygon) each;
            if (strip.getArea() >= MIN_WIDTH_M * DEPTH_M) {
                strips.add(strip);
            }
        }
        strips.sort((a, b) -> Double.compare(b.getArea(), a.getArea()));
        if (strips.size() > MAX_EXITS) {
            notes.add("%d ways lead out; the %d widest are exits.".formatted(strips.size(), MAX_EXITS));
            strips = strips.subList(0, MAX_EXITS);
        }
        Map<String, Integer> names = new HashMap<>();
        List<Exit> exits = new ArrayList<>();
        for (Polygon strip : strips) {
            String base = slug(side(strip, middle) + "-" + street.apply(strip));
            int number = names.merge(base, 1, Integer::sum);
            exits.add(Exit.of(
                    number == 1 ? base : base + "-" + number,
                    level,
                    Floor.toAreas(strip).getFirst()));
        }
        return exits;
    }

    private static String side(Geometry strip, Coordinate middle) {
        Coordinate at = strip.getCentroid().getCoordinate();
        double dx = at.x - middle.x;
        double dy = at.y - middle.y;
        if (Math.abs(dx) > Math.abs(dy)) {
            return dx > 0 ? "east" : "west";
        }
        return dy > 0 ? "north" : "south";
    }

    /** Letters, digits and hyphens only: what an id may be. */
    static String slug(String text) {
        String plain = Normalizer.normalize(
                        text.replace("ß", "ss")
                                .replace("ø", "o")
                                .replace("Ø", "O")
                                .replace("æ", "ae"),
                        Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^A-Za-z0-9]+", "-")
                .replaceAll("^-+|-+$", "")
                .toLowerCase(Locale.ROOT);
        return plain.length() > 60 ? plain.substring(0, 60) : plain;
    }
}
