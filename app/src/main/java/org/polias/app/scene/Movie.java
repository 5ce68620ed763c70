// SPDX-License-Identifier: Apache-2.0
package org.polias.app.scene;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

import org.polias.simulate.api.Area;
import org.polias.simulate.api.DensityMap;
import org.polias.simulate.api.Door;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Frame;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Result;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.ground.Situation;

/**
 * Writes what a simulation came to into a folder: {@code result.json}, {@code trajectories.csv.gz}, {@code flows.csv},
 * {@code density-LEVEL.csv}, plots as SVG, and {@code crowd.html}, in which the crowd moves. The formats are in docs/evacuation.md.
 */
public final class Movie {

    private static final int PLOT_WIDTH = 720;
    private static final int PLOT_HEIGHT = 360;

    private final Situation situation;
    private final Course course;
    private final Path folder;

    private Movie(Situation situation, Course course, Path folder) {
        this.situation = situation;
        this.course = course;
        this.folder = folder;
    }

    /** Writes all of it; the folder is made if it is not there. */
    public static void write(Situation situation, Course course, String resultJson, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("result.json"), resultJson + "\n");
        Movie movie = new Movie(situation, course, folder);
        movie.trajectories();
        movie.flows();
        movie.densities();
        movie.arrivals();
        movie.page();
    }

    private void trajectories() throws IOException {
        Path file = folder.resolve("trajectories.csv.gz");
        List<Level> levels = situation.scene().levels();
        List<Exit> exits = situation.scene().exits();
        try (Writer out = new OutputStreamWriter(
                new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), 1 << 16),
                StandardCharsets.UTF_8)) {
            out.write("time_s,person,x_m,y_m,level,exit,condition\n");
            StringBuilder line = new StringBuilder();
            for (Frame frame : course.frames()) {
                for (int i = 0; i < frame.count(); i++) {
                    line.setLength(0);
                    line.append(Math.rint(frame.time_s() * 10) / 10)
                            .append(',')
                            .append(frame.person()[i])
                            .append(',');
                    line.append(Math.rint(frame.x_m()[i] * 100) / 100).append(',');
                    line.append(Math.rint(frame.y_m()[i] * 100) / 100).append(',');
                    line.append(levels.get(frame.level()[i]).id()).append(',');
                    line.append(
                                    frame.exit()[i] < 0
                                            ? ""
                                            : exits.get(frame.exit()[i]).id())
                            .append(',');
                    line.append(frame.condition()[i].name().toLowerCase(Locale.ROOT))
                            .append('\n');
                    out.append(line);
                }
            }
        }
    }

    private void flows() throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("flows.csv"))) {
            out.write("kind,id,time_s,direction\n");
            for (var kind : List.of("exit", "door", "cordon")) {
                List<Result.Passages> passages =
                        switch (kind) {
                            case "exit" -> course.result().exits();
                            case "door" -> course.result().doors();
                            default -> course.result().cordons();
                        };
                for (Result.Passages each : passages) {
                    for (float t : each.forward_s()) {
                        out.write("%s,%s,%.2f,forward%n".formatted(kind, each.id(), t));
                    }
                    for (float t : each.backward_s()) {
                        out.write("%s,%s,%.2f,backward%n".formatted(kind, each.id(), t));
                    }
                }
            }
        }
    }

    private void densities() throws IOException {
        for (DensityMap map : course.result().maps()) {
            try (BufferedWriter out =
                    Files.newBufferedWriter(folder.resolve("density-%s.csv".formatted(map.level())))) {
                out.write("x_m,y_m,max_density_per_m2,max_pressure_per_s2,crowded_s\n");
                for (int i = 0; i < map.maxDensity_per_m2().length; i++) {
                    if (map.maxDensity_per_m2()[i] > 0) {
                        out.write("%.2f,%.2f,%.3f,%.4f,%.1f%n"
                                .formatted(
                                        map.minX_m() + (i % map.columns() + 0.5) * map.cell_m(),
                                        map.minY_m() + (i / map.columns() + 0.5) * map.cell_m(),
                                        map.maxDensity_per_m2()[i],
                                        map.maxPressure_per_s2()[i],
                                        map.crowded_s()[i]));
                    }
                }
            }
            Files.writeString(folder.resolve("density-%s.svg".formatted(map.level())), densitySvg(map));
        }
    }

    private String densitySvg(DensityMap map) {
        StringBuilder svg = new StringBuilder();
        double width = map.columns() * map.cell_m();
        double height = map.rows() * map.cell_m();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"%.1f %.1f %.1f %.1f\" width=\"900\" font-family=\"sans-serif\">%n"
                        .formatted(map.minX_m(), -map.minY_m() - height, width, height));
        svg.append("<title>Highest density, people on a square metre</title>\n");
        for (Level level : situation.scene().levels()) {
            if (level.id().equals(map.level())) {
                svg.append("<path d=\"")
                        .append(path(level.walkable()))
                        .append("\" fill=\"#eceff1\" fill-rule=\"evenodd\"/>\n");
                svg.append("<path d=\"")
                        .append(path(level.obstacles()))
                        .append("\" fill=\"#b0bec5\" fill-rule=\"evenodd\"/>\n");
            }
        }
        for (int i = 0; i < map.maxDensity_per_m2().length; i++) {
            float density = map.maxDensity_per_m2()[i];
            if (density >= 0.25) {
                svg.append("<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\"/>%n"
                        .formatted(
                                map.minX_m() + (i % map.columns()) * map.cell_m(),
                                -(map.minY_m() + (i / map.columns() + 1) * map.cell_m()),
                                map.cell_m(),
                                map.cell_m(),
                                colour(density)));
            }
        }
        return svg.append("</svg>\n").toString();
    }

    /** Fruin's steps for walkways and queues: green to 1, yellow to 2, orange to 4, red to 5, above it dark. */
    private static String colour(double density) {
        if (density < 1) {
            return "#a5d6a7";
        }
        if (density < 2) {
            return "#fff176";
        }
        if (density < 4) {
            return "#ffb74d";
        }
        return density < 5 ? "#e57373" : "#7b1fa2";
    }

    private void arrivals() throws IOException {
        float[] leaving = course.result().leaving_s().clone();
        Arrays.sort(leaving);
        int out = course.result().evacuated();
        double end = Math.max(1, out == 0 ? course.result().time_s() : leaving[out - 1]);
        StringBuilder line = new StringBuilder();
        for (int i = 0; i <= 300; i++) {
            double t = end * i / 300;
            int at = Arrays.binarySearch(leaving, 0, out, (float) t);
            int count = at < 0 ? -at - 1 : at + 1;
            line.append("%.1f,%.1f "
                    .formatted(
                            50 + (PLOT_WIDTH - 70) * t / end,
                            PLOT_HEIGHT
                                    - 40
                                    - (PLOT_HEIGHT - 60.0)
                                            * count
                                            / Math.max(1, course.result().people())));
        }
        String svg = """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" font-family="sans-serif" font-size="12">
                <title>How many are out</title>
                <path d="M50 20V%3$d H%4$d" fill="none" stroke="#546e7a"/>
                <polyline points="%5$s" fill="none" stroke="#1565c0" stroke-width="2"/>
                <text x="50" y="14">people out, of %6$d</text>
                <text x="%4$d" y="%7$d" text-anchor="end">%8$.0f s</text>
                <text x="50" y="%7$d">0</text>
                </svg>
                """.formatted(
                        PLOT_WIDTH,
                        PLOT_HEIGHT,
                        PLOT_HEIGHT - 40,
                        PLOT_WIDTH - 20,
                        line,
                        course.result().people(),
                        PLOT_HEIGHT - 22,
                        end);
        Files.writeString(folder.resolve("arrivals.svg"), svg);
    }

    private static String path(List<Area> areas) {
        StringBuilder d = new StringBuilder();
        for (Area area : areas) {
            ring(area.shell(), d);
            area.holes().forEach(hole -> ring(hole, d));
        }
        return d.toString();
    }

    private static void ring(List<Point> ring, StringBuilder d) {
        for (int i = 0; i < ring.size(); i++) {
            d.append(i == 0 ? 'M' : 'L')
                    .append(Math.rint(ring.get(i).x_m() * 100) / 100)
                    .append(' ')
                    .append(Math.rint(-ring.get(i).y_m() * 100) / 100);
        }
        d.append('Z');
    }

    // The page

    private void page() throws IOException {
        Scene scene = situation.scene();
        StringBuilder walls = new StringBuilder();
        StringBuilder floor = new StringBuilder();
        StringBuilder obstacles = new StringBuilder();
        double minX = Double.POSITIVE_INFINITY;
        double minY = Double.POSITIVE_INFINITY;
        double maxX = Double.NEGATIVE_INFINITY;
        double maxY = Double.NEGATIVE_INFINITY;
        for (Level level : scene.levels()) {
            floor.append(path(level.walkable()));
            obstacles.append(path(level.obstacles()));
            for (Segment wall : level.walls()) {
                walls.append(line(wall));
            }
            for (Area area : level.walkable()) {
                for (Point point : area.shell()) {
                    minX = Math.min(minX, point.x_m());
                    minY = Math.min(minY, point.y_m());
                    maxX = Math.max(maxX, point.x_m());
                    maxY = Math.max(maxY, point.y_m());
                }
            }
        }
        StringBuilder doors = new StringBuilder();
        for (Door door : scene.doors()) {
            doors.append(line(door.line()));
        }
        StringBuilder exits = new StringBuilder();
        for (Exit exit : scene.exits()) {
            switch (exit.place()) {
                case Exit.Place.Line(Segment line) -> exits.append(line(line));
                case Exit.Place.Zone(Area area) -> exits.append(path(List.of(area)));
            }
        }
        String template = template();
        Files.writeString(
                folder.resolve("crowd.html"),
                template.replace("@TITLE@", escaped(situation.name()))
                        .replace("@BOX@", "%.2f,%.2f,%.2f,%.2f".formatted(minX, minY, maxX, maxY))
                        .replace("@FLOOR@", floor)
                        .replace("@OBSTACLES@", obstacles)
                        .replace("@WALLS@", walls)
                        .replace("@DOORS@", doors)
                        .replace("@EXITS@", exits)
                        .replace("@EXITCOUNT@", Integer.toString(scene.exits().size()))
                        .replace("@PEOPLE@", Integer.toString(course.result().people()))
                        .replace("@SCALE@", "0.05")
                        .replace("@FRAMES@", frames(minX, minY)));
    }

    private static String line(Segment segment) {
        return "M%.2f %.2fL%.2f %.2f"
                .formatted(
                        segment.from().x_m(),
                        -segment.from().y_m(),
                        segment.to().x_m(),
                        -segment.to().y_m());
    }

    /** Each frame as [time, base64]: for each person two unsigned 16-bit numbers of 5 cm from the south-west corner, and its exit. */
    private String frames(double minX, double minY) {
        StringBuilder js = new StringBuilder();
        for (Frame frame : course.frames()) {
            ByteBuffer bytes = ByteBuffer.allocate(5 * frame.count()).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < frame.count(); i++) {
                bytes.putShort((short) Math.clamp(Math.round((frame.x_m()[i] - minX) / 0.05), 0, 65_535));
                bytes.putShort((short) Math.clamp(Math.round((frame.y_m()[i] - minY) / 0.05), 0, 65_535));
                bytes.put((byte) (frame.condition()[i] == Frame.Condition.DOWN ? 255 : frame.exit()[i] + 1));
            }
            js.append("[%.1f,\"".formatted(frame.time_s()))
                    .append(Base64.getEncoder().encodeToString(bytes.array()))
                    .append("\"],\n");
        }
        return js.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static String template() throws IOException {
        try (var in = Movie.class.getResourceAsStream("crowd.html")) {
            if (in == null) {
                throw new IllegalStateException("The page crowd.html is not in the archive.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
