// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Scene;

/**
 * A scene as places joined by passages. Within a place people walk freely; between places they pass where it is narrow. Distances are
 * those of walking around what stands in the way. Immutable.
 */
public final class Network {

    private final Scene scene;
    private final List<Place> places;
    private final List<Passage> passages;
    private final List<LevelMap> levels;
    private final List<String> remarks;
    /** By place, and there from each of its passages to each. */
    private final float[][][] between;

    private final int[][] slots;

    Network(
            Scene scene,
            List<Place> places,
            List<Passage> passages,
            List<LevelMap> levels,
            float[][][] between,
            List<String> remarks) {
        this.between = between;
        this.slots = places.stream()
                .map(each -> each.passages().stream().mapToInt(p -> p).toArray())
                .toArray(int[][]::new);
        this.scene = scene;
        this.places = List.copyOf(places);
        this.passages = List.copyOf(passages);
        this.levels = List.copyOf(levels);
        this.remarks = List.copyOf(remarks);
    }

    /**
     * A part of the ground without narrow parts.
     *
     * @param level index of the scene's level
     * @param passages indices of the passages around it
     */
    public record Place(
            int level, double area_m2, Point centre, List<Integer> passages, List<March.DistanceField> fields) {
        public Place {
            passages = List.copyOf(passages);
            fields = List.copyOf(fields);
        }
    }

    /** A level's cells, and the place to which each belongs. */
    record LevelMap(Raster raster, int[] place) {}

    public Scene scene() {
        return scene;
    }

    public List<Place> places() {
        return places;
    }

    public List<Passage> passages() {
        return passages;
    }

    /** The same network with passages that are closed from now on: an exit that is lost, a street that is blocked. */
    public Network closing(Collection<String> ids) {
        return new Network(
                scene,
                places,
                passages.stream()
                        .map(each -> ids.contains(each.id()) ? each.closed() : each)
                        .toList(),
                levels,
                between,
                remarks);
    }

    /** What of the scene has no part in the network, sentences. */
    public List<String> remarks() {
        return remarks;
    }

    /** The side of a cell on which it was computed, metres. */
    public double cell_m() {
        return levels.isEmpty() ? 0 : levels.getFirst().raster().cell;
    }

    /** The walking distance within a place from a point to one of its passages; infinite if there is no way. */
    public double distance_m(int place, Point point, int passage) {
        Place in = places.get(place);
        int slot = slot(place, passage);
        LevelMap map = levels.get(in.level());
        int cell = map.raster().index(point);
        return slot < 0 || cell < 0
                ? Double.POSITIVE_INFINITY
                : in.fields().get(slot).at(cell, map.raster().columns);
    }

    /** The walking distance within a place from one of its passages to another. */
    public double distance_m(int place, int fromPassage, int toPassage) {
        return fromPassage == toPassage
                ? 0
                : places.get(place).fields().isEmpty()
                        ? Double.POSITIVE_INFINITY
                        : between[place][slot(place, fromPassage)][slot(place, toPassage)];
    }

    private int slot(int place, int passage) {
        int[] own = slots[place];
        for (int i = 0; i < own.length; i++) {
            if (own[i] == passage) {
                return i;
            }
        }
        return -1;
    }

    /** The walking distances within a place from a point to each of its passages, in their order, into {@code into}. */
    public void distances_m(int place, Point point, double[] into) {
        Place in = places.get(place);
        LevelMap map = levels.get(in.level());
        int cell = map.raster().index(point);
        for (int i = 0; i < slots[place].length; i++) {
            into[i] = cell < 0 ? Double.POSITIVE_INFINITY : in.fields().get(i).at(cell, map.raster().columns);
        }
    }

    /** The passages of a place; not to be written to. */
    public int[] passagesOf(int place) {
        return slots[place];
    }

    /** The place at a point, or the nearest within {@code within_m}; -1 if there is none. */
    public int placeAt(int level, Point point, double within_m) {
        LevelMap map = levels.get(level);
        int cell = map.raster().index(point);
        if (cell >= 0 && map.place()[cell] >= 0) {
            return map.place()[cell];
        }
        Point nearest = nearestFree(level, point, within_m);
        return nearest == null ? -1 : map.place()[map.raster().index(nearest)];
    }

    /** The nearest point of any place, at the middle of a cell. */
    private @Nullable Point nearestFree(int level, Point point, double within_m) {
        LevelMap map = levels.get(level);
        Raster raster = map.raster();
        int reach = (int) Math.ceil(within_m / raster.cell);
        int c0 = (int) Math.floor((point.x_m() - raster.minX) / raster.cell);
        int r0 = (int) Math.floor((point.y_m() - raster.minY) / raster.cell);
        double best = within_m;
        Point found = null;
        for (int r = Math.max(0, r0 - reach); r <= Math.min(raster.rows - 1, r0 + reach); r++) {
            for (int c = Math.max(0, c0 - reach); c <= Math.min(raster.columns - 1, c0 + reach); c++) {
                int cell = r * raster.columns + c;
                if (map.place()[cell] >= 0) {
                    double d = raster.centre(cell).distance_m(point);
                    if (d < best) {
                        best = d;
                        found = raster.centre(cell);
                    }
                }
            }
        }
        return found;
    }

    /** The point itself if it lies in a place, else the nearest that does within {@code within_m}, else the point. */
    public Point snapped(int level, Point point, double within_m) {
        LevelMap map = levels.get(level);
        int cell = map.raster().index(point);
        if (cell >= 0 && map.place()[cell] >= 0) {
            return point;
        }
        Point nearest = nearestFree(level, point, within_m);
        return nearest == null ? point : nearest;
    }

    /** Index of a level by its id; -1 if there is none. */
    public int level(String id) {
        for (int i = 0; i < scene.levels().size(); i++) {
            if (scene.levels().get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    /** The cells of places within an area of a level, as their middles; every {@code stride}th in each direction. */
    public List<Point> points(int level, Area area, int stride) {
        LevelMap map = levels.get(level);
        Raster raster = map.raster();
        List<Point> points = new ArrayList<>();
        raster.visit(Floor.toGeometry(area), cell -> {
            int c = cell % raster.columns;
            int r = cell / raster.columns;
            if (c % stride == 0 && r % stride == 0 && map.place()[cell] >= 0) {
                points.add(raster.centre(cell));
            }
        });
        return points;
    }
}
