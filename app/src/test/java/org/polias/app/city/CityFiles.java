// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A small city that is in order, whose files a test can change before it writes them. */
final class CityFiles {

    static final Map<String, String> SOUND = Map.of(
            "city.yaml",
            """
            tenant: smallville
            name: Smallville
            timeZone: Europe/Prague
            sites:
              - id: square
                name: Market square
                class: square
                origin: [13.38, 49.75]
                expectedPeople: 500
            """,
            "zones.geojson",
            """
            {"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"id": "market", "name": "Market", "kind": "square", "safeDensity_per_m2": 2.5},
             "geometry": {"type": "Polygon", "coordinates": [[[13.380, 49.750], [13.381, 49.750], [13.381, 49.751],
               [13.380, 49.751], [13.380, 49.750]]]}},
            {"type": "Feature", "properties": {"kind": "boundary"},
             "geometry": {"type": "Polygon", "coordinates": [[[13.37, 49.74], [13.39, 49.74], [13.39, 49.76],
               [13.37, 49.76], [13.37, 49.74]]]}}
            ]}
            """,
            "assets.geojson",
            """
            {"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"id": "hall-door", "name": "Town hall", "kind": "door", "zone": "market",
              "addresses": ["10.0.0.7", "10.0.1.0/24", "fd00::/8"]},
             "geometry": {"type": "Point", "coordinates": [13.3805, 49.7505]}}
            ]}
            """,
            "things.csv",
            """
            id,name,longitude,latitude,asset,gateway
            lamp-1,"Lamp ""one"", north",13.3802,49.7502,,gw-1
            door-1,Town hall door,13.3805,49.7505,hall-door,gw-1
            """,
            "sensors.yaml",
            """
            - {id: mic-1, thing: lamp-1, kind: microphone, model: M, range_m: 120}
            - {id: cam-1, thing: lamp-1, kind: camera, model: C, range_m: 30}
            - {id: reader-1, thing: door-1, kind: access, model: R, range_m: 3}
            """,
            "datastreams.csv",
            """
            id,sensor,name,property,result,unit,zone,interval,plausibleLow,plausibleHigh,mapping.time,mapping.type
            mic-1-level,mic-1,Lamp: sound,sound-level,quantity,dB,,1s,20,140,,
            cam-1-count,cam-1,Lamp: people,person-count,count,,market,PT5S,0,2000,,
            reader-1-events,reader-1,Door,access-event,event,,,,,,/occurred/at,/code
            """,
            "detectors.yaml",
            """
            - detector: impulse-noise
              subjects: [sound-level]
              parameters: {margin: 22}
            """,
            "playbooks.yaml",
            """
            - id: crush
              title: Too dense
              for: crowd-crush
              steps:
                - {role: operator, action: Look.}
            """,
            "criticality.yaml",
            """
            context:
              - {name: Visit, zone: market, for: [intrusion], steps: 1}
            matrix:
              likelihoods: [0, 0.5]
              consequences: [0, 1]
              levels: [[negligible, low], [low, high]]
            """,
            "calendar.yaml",
            """
            - kind: fireworks
              name: Harvest festival
              zone: market
              from: 2026-11-21T21:00
              to: 2026-11-21T22:30+01:00
            """);

    private final Path folder;
    private final Map<String, String> files = new TreeMap<>(SOUND);

    CityFiles(Path folder) {
        this.folder = folder;
    }

    /** Replaces a piece of a file that must be there. */
    CityFiles with(String file, String old, String replacement) {
        String text = files.getOrDefault(file, "");
        if (!text.contains(old)) {
            throw new IllegalArgumentException("%s has no '%s'.".formatted(file, old));
        }
        files.put(file, text.replace(old, replacement));
        return this;
    }

    CityFiles withFile(String file, String text) {
        files.put(file, text);
        return this;
    }

    CityFiles without(String file) {
        files.remove(file);
        return this;
    }

    Path write() {
        files.forEach((name, text) -> {
            try {
                Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return folder;
    }
}
