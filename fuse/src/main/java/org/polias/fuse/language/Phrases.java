// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.language;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.polias.model.city.SiteClass;
import org.polias.model.detection.DetectionType;
import org.polias.model.incident.IncidentType;

/** Numbers and names as people read them, the same on every machine. */
public final class Phrases {

    /** Ten to the power of 2, 4, 6, 8 and 10. */
    private static final long[] SCALES = {100, 10_000, 1_000_000, 100_000_000, 10_000_000_000L};

    /** A narrow space at which no line breaks. */
    private static final char THIN = '\u202F';

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Phrases() {}

    /** A probability: "21 %", "below 1 %", "above 99 %". */
    public static String percent(double probability) {
        if (probability < 0.01) {
            return "below 1 %";
        }
        return probability > 0.99 ? "above 99 %" : Math.round(probability * 100) + " %";
    }

    /** A whole number with its thousands apart by a narrow space (ISO 80000-1): "4 200". */
    public static String whole(double number) {
        String digits = Long.toString(Math.abs(Math.round(number)));
        StringBuilder text = new StringBuilder(digits);
        for (int i = digits.length() - 3; i > 0; i -= 3) {
            text.insert(i, THIN);
        }
        return Math.round(number) < 0 ? text.insert(0, '-').toString() : text.toString();
    }

    /** A number to two digits after the point, to four where it is below 0.1, to more where it is smaller still: "52.91", "0.0045". */
    public static String number(double number) {
        double magnitude = Math.abs(number);
        if (magnitude >= 1000) {
            return whole(number);
        }
        int places = 2;
        for (double least = 0.0995; magnitude < least && magnitude > 0 && places < 9; least /= 100) {
            places += 2;
        }
        long scale = SCALES[places / 2 - 1];
        long scaled = Math.round(magnitude * scale);
        if (scaled == 0) {
            return "0";
        }
        String rest = Long.toString(scale + scaled % scale).substring(1);
        int end = rest.length();
        while (end > 0 && rest.charAt(end - 1) == '0') {
            end--;
        }
        return (number < 0 ? "-" : "") + scaled / scale + (end == 0 ? "" : "." + rest.substring(0, end));
    }

    /** A number with its sign: "+2.3". */
    public static String signed(double number) {
        return (number < 0 ? "" : "+") + number(number);
    }

    /** A time of the day to the second: "12:01:00 UTC". */
    public static String time(Instant at) {
        return TIME.format(at);
    }

    /** A duration: "45 s", "15 min", "2 h". */
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7200 ? Math.round(seconds / 60.0) + " min" : Math.round(seconds / 3600.0) + " h";
    }

    /** A hypothesis within a sentence: "an armed attack". */
    public static String hypothesis(IncidentType type) {
        return switch (type) {
            case ARMED_ATTACK -> "an armed attack";
            case HARMLESS_NOISE -> "harmless noise";
            case CROWD_CRUSH -> "a crowd crush";
            case TOXIC_RELEASE -> "a toxic release";
            case INTRUSION -> "an intrusion";
            case CYBER_ATTACK -> "a cyber attack";
            case SABOTAGE -> "sabotage of sensors";
            case TECHNICAL_FAULT -> "a technical fault";
        };
    }

    /** A condition within a sentence: "a shot". */
    public static String condition(DetectionType type) {
        return switch (type) {
            case IMPULSE_NOISE -> "a sudden bang";
            case GUNSHOT -> "a shot";
            case EXPLOSION -> "an explosion";
            case SCREAM -> "screaming";
            case GLASS_BREAK -> "breaking glass";
            case FIREWORK -> "a firework";
            case CROWD_DENSITY -> "a dangerously dense crowd";
            case GAS_LEVEL -> "a toxic gas above its limit";
            case LEVEL -> "another measurement beyond its limit";
            case RATE_OF_CHANGE -> "a measurement that changes too fast";
            case GAS_RATE -> "a toxic gas that rises fast";
            case DOOR_FORCED -> "a forced door";
            case ACCESS_REFUSED -> "repeatedly refused access";
            case NETWORK_ALERT -> "a network alert";
            case NETWORK_ALERT_BURST -> "a burst of network alerts";
            case SENSOR_SILENT -> "a silent sensor";
            case SENSOR_STUCK -> "a sensor that is stuck";
            case SENSOR_IMPLAUSIBLE -> "a sensor that reports what cannot be";
            case SENSORS_LOST_TOGETHER -> "a loss of several sensors together";
        };
    }

    /** A kind of place within a sentence: "a stadium". */
    public static String siteClass(SiteClass siteClass) {
        return switch (siteClass) {
            case STADIUM -> "a stadium";
            case OPEN_AIR_EVENT -> "an open-air event";
            case SQUARE -> "a square";
            case PARK -> "a park";
            case STATION -> "a station";
            case TRANSPORT_LINE -> "a transport line";
            case PUBLIC_BUILDING -> "a public building";
            case SCHOOL -> "a school";
            case HOSPITAL -> "a hospital";
            case WORSHIP -> "a place of worship";
            case SHOPPING -> "a shopping centre";
            case INDUSTRY -> "an industrial site";
            case UTILITY -> "a utility";
            case STREET -> "a street";
        };
    }
}
