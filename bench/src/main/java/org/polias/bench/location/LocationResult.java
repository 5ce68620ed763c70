// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.location;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.polias.bench.Machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What the study of locating counted. The names in the JSON are published.
 *
 * @param cases happenings for each row and seed
 */
public record LocationResult(int cases, List<Long> seeds, List<Row> rows) {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** The 97.5 % quantile of the standard Gaussian. */
    private static final double Z_95 = 1.959_963_985;

    public LocationResult {
        seeds = List.copyOf(seeds);
        rows = List.copyOf(rows);
    }

    /**
     * One row: parts of all sources, between 0 and 1, and times.
     *
     * @param sources how many sources there were
     * @param within5 located within 5 m of the truth, and so on
     * @param coverage the truth lies within the 95 % ellipse
     * @param semiMajor_m the median of the ellipses' longer semi-axes
     * @param points said to be points; the others are said to be uncertain
     * @param exact happenings of which the number of places and sounds is right
     * @param median_ms the median time of a solution
     * @param p99_ms the time that one in a hundred takes longer
     * @param worst_ms the longest
     */
    record Row(
            String circumstances,
            int microphones,
            double echoShare,
            int sources,
            double within5,
            double within10,
            double within15,
            double within25,
            double coverage,
            double semiMajor_m,
            double points,
            double exact,
            double median_ms,
            double p99_ms,
            double worst_ms) {}

    /** One JSON object on one line. */
    public String json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("cases", cases);
        object.put("seeds", seeds);
        List<Map<String, Object>> list = new ArrayList<>();
        for (Row row : rows) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("circumstances", row.circumstances);
            one.put("sensors", row.microphones);
            one.put("echo_share", row.echoShare);
            one.put("sources", row.sources);
            one.put("within_5m", rounded(row.within5));
            one.put("within_10m", rounded(row.within10));
            one.put("within_15m", rounded(row.within15));
            one.put("within_25m", rounded(row.within25));
            one.put("coverage_95", rounded(row.coverage));
            one.put("within_10m_interval", interval(row.within10, row.sources));
            one.put("within_15m_interval", interval(row.within15, row.sources));
            one.put("coverage_95_interval", interval(row.coverage, row.sources));
            one.put("semi_major_median_m", rounded(row.semiMajor_m));
            one.put("points", rounded(row.points));
            one.put("exact", rounded(row.exact));
            one.put("ms_median", rounded(row.median_ms));
            one.put("ms_p99", rounded(row.p99_ms));
            one.put("ms_worst", rounded(row.worst_ms));
            list.add(one);
        }
        object.put("rows", list);
        object.put("machine", Machine.description());
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A table for people. */
    public void print(PrintWriter out) {
        out.printf("%d happenings a row, seeds %s; %s%n", cases * seeds.size(), seeds, Machine.description());
        out.println("sensors echoes  circumstances          5 m  10 m  15 m  25 m  covered  major  points  exact"
                + "     ms: median    p99  worst");
        for (Row row : rows) {
            out.printf(
                    Locale.ROOT,
                    "%7d %5.0f %%  %-20s %5.1f %5.1f %5.1f %5.1f  %7.1f %6.1f  %6.1f %6.1f  %14.2f %6.2f %6.1f%n",
                    row.microphones,
                    100 * row.echoShare,
                    row.circumstances,
                    100 * row.within5,
                    100 * row.within10,
                    100 * row.within15,
                    100 * row.within25,
                    100 * row.coverage,
                    row.semiMajor_m,
                    100 * row.points,
                    100 * row.exact,
                    row.median_ms,
                    row.p99_ms,
                    row.worst_ms);
        }
        out.flush();
    }

    /** Wilson's score interval of 95 % for a share of so many. */
    static double[] interval(double share, int of) {
        double z2 = Z_95 * Z_95;
        double centre = (share + z2 / (2 * of)) / (1 + z2 / of);
        double half = Z_95 / (1 + z2 / of) * Math.sqrt(share * (1 - share) / of + z2 / (4.0 * of * of));
        return new double[] {rounded(Math.max(0, centre - half)), rounded(Math.min(1, centre + half))};
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
