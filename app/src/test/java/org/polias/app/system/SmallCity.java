// SPDX-License-Identifier: Apache-2.0
package org.polias.app.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A city to test with: two sites ({@code north}, {@code south}), each with six microphones, two cameras, a gas sensor, a door
 * and an intrusion detection system.
 */
public final class SmallCity {

    public static final String TENANT = "smallville";
    public static final List<String> SITES = List.of("north", "south");
    public static final int MICROPHONES = 6;
    public static final int CAMERAS = 2;

    private static final double LATITUDE = 49.75;
    /** Degrees of longitude in about 20 m at this latitude. */
    private static final double SPACING_DEG = 20.0 / 72_000.0;

    private SmallCity() {}

    /** A sound level in dB. */
    public static String sound(String site, int microphone) {
        return "%s-mic-%d-level".formatted(site, microphone);
    }

    /** A count of people. */
    public static String count(String site, int camera) {
        return "%s-cam-%d-count".formatted(site, camera);
    }

    /** Ammonia in ppm. */
    public static String gas(String site) {
        return "%s-gas-ammonia".formatted(site);
    }

    /** Events of a door. */
    public static String door(String site) {
        return "%s-door-events".formatted(site);
    }

    /** Events of an intrusion detection system. */
    public static String network(String site) {
        return "%s-ids-events".formatted(site);
    }

    /** All datastreams of a site that are numbers, whose usual values are calm. */
    public static List<String> listMeasured(String site) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < MICROPHONES; i++) {
            ids.add(sound(site, i));
        }
        for (int i = 0; i < CAMERAS; i++) {
            ids.add(count(site, i));
        }
        ids.add(gas(site));
        return ids;
    }

    /**
     * Writes the city's files.
     *
     * @return the folder
     */
    public static Path write(Path folder) {
        StringBuilder city = new StringBuilder("""
                tenant: %s
                name: Smallville
                timeZone: Europe/Prague
                simulated: true
                sites:
                """.formatted(TENANT));
        List<String> zones = new ArrayList<>();
        List<String> assets = new ArrayList<>();
        List<String> things = new ArrayList<>(List.of("site,id,name,longitude,latitude,asset,gateway"));
        List<String> sensors = new ArrayList<>(List.of("id,thing,kind,model,range_m"));
        List<String> datastreams =
                new ArrayList<>(List.of("id,sensor,name,property,result,unit,zone,plausibleLow,plausibleHigh"));
        for (int s = 0; s < SITES.size(); s++) {
            String site = SITES.get(s);
            double longitude = 13.0 + s;
            city.append("""
                      - id: %s
                        name: The %s
                        class: square
                        origin: [%s, %s]
                        expectedPeople: 2000
                    """.formatted(site, site, degrees(longitude), degrees(LATITUDE)));
            zones.add(zone(site, longitude));
            assets.add("""
                    {"type": "Feature", "properties": {"site": "%s", "id": "%s-hall", "name": "Hall of the %s", "kind": "door",
                      "zone": "%s-square", "addresses": ["10.%d.0.0/16"]},
                     "geometry": {"type": "Point", "coordinates": [%s, %s]}}""".formatted(site, site, site, site, s, degrees(longitude), degrees(LATITUDE)));
            for (int i = 0; i < MICROPHONES; i++) {
                add(site, "mic-" + i, longitude + i * SPACING_DEG, "", things);
                sensors.add("%1$s-mic-%2$d,%1$s-mic-%2$d-post,microphone,M,120".formatted(site, i));
                datastreams.add(
                        "%s,%s-mic-%d,Sound %d,sound-level,quantity,dB,,20,140".formatted(sound(site, i), site, i, i));
            }
            for (int i = 0; i < CAMERAS; i++) {
                add(site, "cam-" + i, longitude + i * SPACING_DEG, "", things);
                sensors.add("%1$s-cam-%2$d,%1$s-cam-%2$d-post,camera,C,40".formatted(site, i));
                datastreams.add("%s,%s-cam-%d,People %d,person-count,count,,%s-square,0,3000"
                        .formatted(count(site, i), site, i, i, site));
            }
            add(site, "gas", longitude, "", things);
            sensors.add("%1$s-gas,%1$s-gas-post,gas,G,60".formatted(site));
            datastreams.add("%s,%s-gas,Ammonia,ammonia,quantity,[ppm],,0,1000".formatted(gas(site), site));
            add(site, "door", longitude, site + "-hall", things);
            sensors.add("%1$s-door,%1$s-door-post,access,R,3".formatted(site));
            datastreams.add("%s,%s-door,Door,access-event,event,,,,".formatted(door(site), site));
            add(site, "ids", longitude, site + "-hall", things);
            sensors.add("%1$s-ids,%1$s-ids-post,network,suricata,1".formatted(site));
            datastreams.add("%s,%s-ids,Network,network-event,event,,,,".formatted(network(site), site));
        }
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("city.yaml"), city);
            Files.writeString(folder.resolve("zones.geojson"), features(zones));
            Files.writeString(folder.resolve("assets.geojson"), features(assets));
            Files.write(folder.resolve("things.csv"), things);
            Files.write(folder.resolve("sensors.csv"), sensors);
            Files.write(folder.resolve("datastreams.csv"), datastreams);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    private static void add(String site, String name, double longitude, String asset, List<String> things) {
        things.add("%s,%s-%s-post,Post %s,%s,%s,%s,"
                .formatted(site, site, name, name, degrees(longitude), degrees(LATITUDE), asset));
    }

    private static String zone(String site, double longitude) {
        String west = degrees(longitude - 0.002);
        String east = degrees(longitude + 0.003);
        String south = degrees(LATITUDE - 0.001);
        String north = degrees(LATITUDE + 0.001);
        return """
                {"type": "Feature", "properties": {"site": "%s", "id": "%s-square", "name": "Square of the %s", "kind": "square",
                  "walkable_m2": 400, "safeDensity_per_m2": 2.5},
                 "geometry": {"type": "Polygon", "coordinates": [[[%4$s, %6$s], [%5$s, %6$s], [%5$s, %7$s], [%4$s, %7$s],
                   [%4$s, %6$s]]]}}""".formatted(site, site, site, west, east, south, north);
    }

    private static String features(List<String> features) {
        return "{\"type\": \"FeatureCollection\", \"features\": [%n%s%n]}%n"
                .formatted(String.join(",%n".formatted(), features));
    }

    private static String degrees(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
