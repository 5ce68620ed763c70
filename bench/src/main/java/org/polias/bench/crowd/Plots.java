// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.crowd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Points and lines that the tests leave, drawn as SVG. */
final class Plots {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 420;
    private static final int MARGIN = 56;

    /**
     * A diagram.
     *
     * @param maxX where the axes end; they begin at 0
     */
    record Plot(String title, String xLabel, String yLabel, double maxX, double maxY, List<Series> series) {}

    /** Points, or a line through them, or a band between two of them. */
    record Series(String name, Style style, double[] x, double[] y, double[] y2) {
        static Series dots(String name, double[] x, double[] y) {
            return new Series(name, Style.DOTS, x, y, y);
        }

        static Series line(String name, double[] x, double[] y) {
            return new Series(name, Style.LINE, x, y, y);
        }

        static Series band(String name, double[] x, double[] low, double[] high) {
            return new Series(name, Style.BAND, x, low, high);
        }
    }

    enum Style {
        DOTS,
        LINE,
        BAND
    }

    private final Map<String, Plot> plots = new ConcurrentSkipListMap<>();

    void add(String file, Plot plot) {
        plots.put(file, plot);
    }

    List<Path> write(Path directory) throws IOException {
        Files.createDirectories(directory);
        List<Path> written = new ArrayList<>();
        for (var entry : plots.entrySet()) {
            Path file = directory.resolve(entry.getKey() + ".svg");
            Files.writeString(file, svg(entry.getValue()));
            written.add(file);
        }
        return written;
    }

    static String svg(Plot plot) {
        StringBuilder svg = new StringBuilder();
        svg.append(("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
                        + "<text x=\"%d\" y=\"20\" font-size=\"14\">%s</text>%n")
                .formatted(WIDTH, HEIGHT, MARGIN, plot.title()));
        axes(svg, plot);
        String[] colours = {"#b8c4d6", "#1b5fa8", "#c2410c", "#15803d", "#7e22ce"};
        int number = 0;
        for (Series series : plot.series()) {
            String colour = colours[number % colours.length];
            draw(svg, plot, series, colour);
            svg.append(
                    "<rect x=\"%d\" y=\"%d\" width=\"10\" height=\"10\" fill=\"%s\"/><text x=\"%d\" y=\"%d\">%s</text>%n"
                            .formatted(
                                    WIDTH - 190,
                                    34 + 16 * number,
                                    colour,
                                    WIDTH - 175,
                                    43 + 16 * number,
                                    series.name()));
            number++;
        }
        return svg.append("</svg>\n").toString();
    }

    private static void axes(StringBuilder svg, Plot plot) {
        svg.append("<path d=\"M%d %d V%d H%d\" fill=\"none\" stroke=\"black\"/>%n"
                .formatted(MARGIN, 30, HEIGHT - MARGIN, WIDTH - 20));
        for (int i = 0; i <= 5; i++) {
            double x = plot.maxX() * i / 5;
            double y = plot.maxY() * i / 5;
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.3g</text>%n",
                    px(plot, x),
                    HEIGHT - MARGIN + 16,
                    x));
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.3g</text>%n",
                    MARGIN - 6,
                    py(plot, y) + 4,
                    y));
        }
        svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>%n"
                .formatted(WIDTH / 2, HEIGHT - 16, plot.xLabel()));
        svg.append("<text transform=\"translate(16 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>%n"
                .formatted(HEIGHT / 2, plot.yLabel()));
    }

    private static void draw(StringBuilder svg, Plot plot, Series series, String colour) {
        switch (series.style()) {
            case DOTS -> {
                for (int i = 0; i < series.x().length; i++) {
                    svg.append(String.format(
                            Locale.ROOT,
                            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n",
                            px(plot, series.x()[i]),
                            py(plot, series.y()[i]),
                            colour));
                }
            }
            case LINE ->
                svg.append("<path d=\"")
                        .append(path(plot, series.x(), series.y(), false))
                        .append("\" fill=\"none\" stroke-width=\"2\" stroke=\"%s\"/>%n".formatted(colour));
            case BAND ->
                svg.append("<path d=\"")
                        .append(path(plot, series.x(), series.y2(), false))
                        .append(path(plot, series.x(), series.y(), true).replace('M', 'L'))
                        .append("Z\" stroke=\"none\" fill=\"%s\"/>%n".formatted(colour));
        }
    }

    private static String path(Plot plot, double[] x, double[] y, boolean backwards) {
        StringBuilder path = new StringBuilder();
        for (int k = 0; k < x.length; k++) {
            int i = backwards ? x.length - 1 - k : k;
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f ", k == 0 ? "M" : "L", px(plot, x[i]), py(plot, y[i])));
        }
        return path.toString();
    }

    private static double px(Plot plot, double x) {
        return MARGIN + Math.clamp(x / plot.maxX(), 0, 1) * (WIDTH - 20 - MARGIN);
    }

    private static double py(Plot plot, double y) {
        return HEIGHT - MARGIN - Math.clamp(y / plot.maxY(), 0, 1) * (HEIGHT - MARGIN - 30);
    }
}
