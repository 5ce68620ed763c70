// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Placement;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Population;
import org.polias.simulate.network.Floor;
import org.polias.simulate.network.Network;

/** Large crowds divided into parts that can be told different things: by where they are, along straight lines. */
final class Sectors {

    private static final int MIN_PEOPLE = 400;
    private static final int MAX_PARTS = 16;
    private static final GeometryFactory GEOMETRY = new GeometryFactory();
    private static final String[] COMPASS = {
        "east", "north-east", "north", "north-west", "west", "south-west", "south", "south-east"
    };

    private Sectors() {}

    /** The same people, in parts of at most a sixteenth of all. Small populations and those who do not leave stay as they are. */
    static List<Population> split(List<Population> people, Network network) {
        int total = people.stream().mapToInt(Population::count).sum();
        int limit = Math.max(MIN_PEOPLE, total / MAX_PARTS);
        Sample.Ground ground = Sample.Ground.of(network, people);
        Set<String> names = new HashSet<>();
        people.forEach(each -> names.add(each.id()));
        List<Population> parts = new ArrayList<>();
        for (int i = 0; i < people.size(); i++) {
            Population each = people.get(i);
            List<Sample.Spot> spots = ground.spots().get(i);
            if (each.count() <= limit || spots.size() < 2) {
                parts.add(each);
                continue;
            }
            List<List<Sample.Spot>> pieces = new ArrayList<>();
            cut(spots, Math.max(1, (int) ((long) limit * spots.size() / each.count())), pieces);
            parts.addAll(populations(each, spots, pieces, names));
        }
        return parts;
    }

    private static void cut(List<Sample.Spot> spots, int limit, List<List<Sample.Spot>> pieces) {
        if (spots.size() <= limit) {
            pieces.add(spots);
            return;
        }
        Envelope box = box(spots);
        boolean isWide = box.getWidth() >= box.getHeight();
        List<Sample.Spot> sorted = new ArrayList<>(spots);
        sorted.sort(Comparator.comparingDouble(
                spot -> isWide ? spot.at().x_m() : spot.at().y_m()));
        double middle = at(sorted.get(sorted.size() / 2), isWide);
        // All on one line go to one side, so that a line divides the pieces.
        List<Sample.Spot> low =
                sorted.stream().filter(spot -> at(spot, isWide) < middle).toList();
        List<Sample.Spot> high =
                sorted.stream().filter(spot -> at(spot, isWide) >= middle).toList();
        if (low.isEmpty() || high.isEmpty()) {
            pieces.add(spots);
            return;
        }
        cut(low, limit, pieces);
        cut(high, limit, pieces);
    }

    private static double at(Sample.Spot spot, boolean isWide) {
        return isWide ? spot.at().x_m() : spot.at().y_m();
    }

    private static List<Population> populations(
            Population whole, List<Sample.Spot> spots, List<List<Sample.Spot>> pieces, Set<String> names) {
        Point centre = centre(spots);
        List<Population> parts = new ArrayList<>();
        int given = 0;
        int seen = 0;
        for (List<Sample.Spot> piece : pieces) {
            seen += piece.size();
            int count = (int) ((long) whole.count() * seen / spots.size()) - given;
            given += count;
            String name = name(whole.id(), centre, centre(piece), names);
            switch (whole.placement()) {
                case Placement.At(var places) -> {
                    // Spots are in the order of the places, but sorted since: find them by where they are.
                    List<Placement.Spot> own = piece.stream()
                            .map(spot -> new Placement.Spot(levelOf(places), spot.at()))
                            .toList();
                    parts.add(part(whole, name, own.size(), new Placement.At(own)));
                }
                case Placement.Within(String level, Area area) -> {
                    for (Share share : shares(area, piece, count)) {
                        parts.add(part(
                                whole,
                                share.index == 0 ? name : name(whole.id(), centre, centre(piece), names),
                                share.count,
                                new Placement.Within(level, share.area)));
                    }
                }
                case Placement.Arriving(String level, Area area, double from, double until) -> {
                    for (Share share : shares(area, piece, count)) {
                        parts.add(part(
                                whole,
                                share.index == 0 ? name : name(whole.id(), centre, centre(piece), names),
                                share.count,
                                new Placement.Arriving(level, share.area, from, until)));
                    }
                }
            }
        }
        return parts;
    }

    private static String levelOf(List<Placement.Spot> places) {
        return places.getFirst().level();
    }

    private record Share(int index, Area area, int count) {}

    /** The area of a piece; where the cut leaves several parts, each with its share of the people. */
    private static List<Share> shares(Area area, List<Sample.Spot> piece, int count) {
        Envelope box = box(piece);
        box.expandBy(0.3);
        Geometry cut = Floor.toGeometry(area).intersection(GEOMETRY.toGeometry(box));
        List<Area> areas = Floor.toAreas(cut);
        if (areas.isEmpty()) {
            return List.of(new Share(0, area, count));
        }
        double total = cut.getArea();
        List<Share> shares = new ArrayList<>();
        double seen = 0;
        int given = 0;
        for (Area each : areas) {
            seen += Floor.toGeometry(each).getArea();
            int own = (int) Math.round(count * seen / total) - given;
            given += own;
            if (own > 0) {
                shares.add(new Share(shares.size(), each, own));
            }
        }
        return shares;
    }

    private static Population part(Population whole, String name, int count, Placement placement) {
        return new Population(
                name, count, placement, whole.profile(), whole.preMovement_s(), whole.grouping(), whole.route());
    }

    private static String name(String whole, Point centre, Point piece, Set<String> names) {
        double dx = piece.x_m() - centre.x_m();
        double dy = piece.y_m() - centre.y_m();
        String direction = Math.hypot(dx, dy) < 2
                ? "middle"
                : COMPASS[(int) Math.floorMod(Math.round(StrictMath.atan2(dy, dx) / (Math.PI / 4)), 8L)];
        String name = whole + "-" + direction;
        for (int i = 2; !names.add(name); i++) {
            name = whole + "-" + direction + "-" + i;
        }
        return name;
    }

    private static Point centre(List<Sample.Spot> spots) {
        double x = 0;
        double y = 0;
        for (Sample.Spot spot : spots) {
            x += spot.at().x_m();
            y += spot.at().y_m();
        }
        return new Point(x / spots.size(), y / spots.size());
    }

    private static Envelope box(List<Sample.Spot> spots) {
        Envelope box = new Envelope();
        spots.forEach(spot -> box.expandToInclude(spot.at().x_m(), spot.at().y_m()));
        return box;
    }
}
