// SPDX-License-Identifier: Apache-2.0
package org.polias.app.location;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.polias.app.city.ProblemLog;
import org.polias.detect.acoustics.location.Arrival;
import org.polias.detect.acoustics.location.Located;
import org.polias.detect.acoustics.location.LocatedSound;
import org.polias.detect.acoustics.location.LocatedSound.Explained;
import org.polias.detect.acoustics.location.LocatedSound.Role;
import org.polias.detect.acoustics.location.Locator;
import org.polias.model.place.Covariance;
import org.polias.model.place.Ellipse;
import org.polias.model.place.Offset;
import org.polias.model.place.Position;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What was located of a hearing, for programs and for people. The names in the JSON are published. */
public final class LocationReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Hearing hearing;
    private final Located located;

    private LocationReport(Hearing hearing, Located located) {
        this.hearing = hearing;
        this.located = located;
    }

    /** Locates what {@code hearing} tells of. */
    public static LocationReport of(Hearing hearing) {
        return new LocationReport(
                hearing, Locator.locate(hearing.microphones(), hearing.arrivals(), hearing.air(), hearing.settings()));
    }

    /** One JSON object on one line. */
    public String json() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("sources", located.sounds().stream().map(this::source).toList());
        report.put(
                "unexplained",
                located.unexplained().stream().map(this::unexplained).toList());
        report.put("warnings", hearing.notes());
        try {
            return JSON.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> source(LocatedSound sound) {
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("kind", sound.kind().name().toLowerCase(Locale.ROOT));
        place(source, sound.place());
        source.put("time", time(sound.times_s().getFirst()));
        source.put("time_sigma_s", rounded(sound.timeSigma_s(), 5));
        source.put("ellipse_95", ellipse(sound.covariance()));
        source.put("times", sound.times_s().stream().map(this::time).toList());
        source.put("sensors_direct", sound.directMicrophones(hearing.arrivals()));
        Map<String, Object> residuals = new LinkedHashMap<>();
        List<Integer> echoes = new ArrayList<>();
        List<Map<String, Object>> arrivals = new ArrayList<>();
        for (Explained one : sound.arrivals()) {
            Arrival arrival = hearing.arrivals().get(one.arrival());
            String sensor = hearing.microphones().get(arrival.microphone()).id();
            if (one.role() != Role.SHOCK && one.sound() == 0) {
                residuals.putIfAbsent(sensor, rounded(one.residual_s() * 1000, 2));
            }
            if (one.role() == Role.ECHO) {
                echoes.add(one.arrival());
            }
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("arrival", one.arrival());
            each.put("sensor", sensor);
            each.put("sound", one.sound());
            each.put("role", one.role().name().toLowerCase(Locale.ROOT));
            each.put("residual_ms", rounded(one.residual_s() * 1000, 2));
            each.put("probability", rounded(one.probability(), 4));
            arrivals.add(each);
        }
        source.put("residuals_ms", residuals);
        source.put("echoes", echoes);
        source.put("arrivals", arrivals);
        List<Map<String, Object>> candidates = new ArrayList<>();
        for (LocatedSound.Candidate candidate : sound.candidates()) {
            Map<String, Object> one = new LinkedHashMap<>();
            place(one, candidate.place());
            one.put("probability", rounded(candidate.probability(), 4));
            one.put("ellipse_95", ellipse(candidate.covariance()));
            candidates.add(one);
        }
        source.put("candidates", candidates);
        if (!sound.curve().isEmpty()) {
            source.put(
                    "curve",
                    sound.curve().stream()
                            .map(offset -> {
                                Position position = hearing.frame().toPosition(offset);
                                return List.of(rounded(position.longitude(), 7), rounded(position.latitude(), 7));
                            })
                            .toList());
        }
        sound.trajectory().ifPresent(path -> {
            Map<String, Object> trajectory = new LinkedHashMap<>();
            trajectory.put("azimuth_deg", rounded(path.azimuth_deg(), 1));
            trajectory.put("azimuth_sigma_deg", rounded(path.azimuthSigma_deg(), 1));
            trajectory.put("speed_m_per_s", rounded(path.speed_m_per_s(), 0));
            trajectory.put("speed_sigma_m_per_s", rounded(path.speedSigma_m_per_s(), 0));
            trajectory.put("sensors", path.microphones());
            source.put("trajectory", trajectory);
        });
        source.put("warnings", sound.notes());
        return source;
    }

    private void place(Map<String, Object> into, Offset place) {
        Position position = hearing.frame().toPosition(place);
        into.put("lat", rounded(position.latitude(), 7));
        into.put("lon", rounded(position.longitude(), 7));
    }

    private static Map<String, Object> ellipse(Covariance covariance) {
        Ellipse ellipse = covariance.ellipse95();
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("semi_major_m", rounded(ellipse.major_m(), 2));
        written.put("semi_minor_m", rounded(ellipse.minor_m(), 2));
        written.put("azimuth_deg", rounded(ellipse.azimuth_deg(), 1));
        return written;
    }

    private Map<String, Object> unexplained(int arrival) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("arrival", arrival);
        one.put("sensor", sensor(arrival));
        one.put("time", time(hearing.arrivals().get(arrival).time_s()));
        return one;
    }

    private String sensor(int arrival) {
        return hearing.microphones()
                .get(hearing.arrivals().get(arrival).microphone())
                .id();
    }

    /** As the file has its times: an instant or a number of seconds. */
    private Object time(double sinceEpoch_s) {
        BigDecimal seconds =
                hearing.epoch_s().add(BigDecimal.valueOf(sinceEpoch_s)).setScale(6, RoundingMode.HALF_EVEN);
        if (!hearing.isDated()) {
            return seconds;
        }
        long whole = seconds.setScale(0, RoundingMode.FLOOR).longValueExact();
        long nanos =
                seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValueExact();
        return Instant.ofEpochSecond(whole, nanos).toString();
    }

    /** In words. */
    public void print(PrintWriter out) {
        if (located.sounds().isEmpty()) {
            out.println("No source.");
        }
        int number = 0;
        for (LocatedSound sound : located.sounds()) {
            number++;
            Ellipse ellipse = sound.covariance().ellipse95();
            out.printf(
                    Locale.ROOT,
                    "%d. %s at %s%n   95 %%: %.1f x %.1f m, longer axis %.0f degrees from north%n",
                    number,
                    name(sound.kind()),
                    at(sound.place()),
                    ellipse.major_m(),
                    ellipse.minor_m(),
                    ellipse.azimuth_deg());
            out.printf(
                    Locale.ROOT,
                    "   made at %s (+- %.1f ms)%n",
                    String.join(
                            ", ",
                            sound.times_s().stream()
                                    .map(t -> String.valueOf(time(t)))
                                    .toList()),
                    sound.timeSigma_s() * 1000);
            if (sound.candidates().size() > 1) {
                for (LocatedSound.Candidate candidate : sound.candidates()) {
                    out.printf(
                            Locale.ROOT,
                            "   perhaps at %s, probability %.2f%n",
                            at(candidate.place()),
                            candidate.probability());
                }
            }
            sound.trajectory()
                    .ifPresent(path -> out.printf(
                            Locale.ROOT,
                            "   a bullet flew towards %.0f +- %.0f degrees at %.0f +- %.0f m/s%n",
                            path.azimuth_deg(),
                            path.azimuthSigma_deg(),
                            path.speed_m_per_s(),
                            path.speedSigma_m_per_s()));
            for (Explained one : sound.arrivals()) {
                out.printf(
                        Locale.ROOT,
                        "   %-20s %-12s %+8.1f ms%n",
                        ProblemLog.shorten(sensor(one.arrival())),
                        one.role().name().toLowerCase(Locale.ROOT),
                        one.residual_s() * 1000);
            }
            sound.notes().forEach(note -> out.println("   " + note));
        }
        if (!located.unexplained().isEmpty()) {
            out.printf(
                    "%d arrivals belong to no source.%n", located.unexplained().size());
        }
        hearing.notes().forEach(out::println);
        out.flush();
    }

    private String at(Offset place) {
        Position position = hearing.frame().toPosition(place);
        return String.format(Locale.ROOT, "%.6f, %.6f", position.latitude(), position.longitude());
    }

    private static String name(LocatedSound.Kind kind) {
        return switch (kind) {
            case POINT -> "A source";
            case UNCHECKED -> "A source, without a check,";
            case CANDIDATES -> "A source, most probably";
            case BAND -> "A source along a hyperbola about";
            case AREA -> "A source somewhere around";
        };
    }

    private static double rounded(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }
}
