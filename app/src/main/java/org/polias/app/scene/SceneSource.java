// SPDX-License-Identifier: Apache-2.0
package org.polias.app.scene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.polias.app.city.CityLoader;
import org.polias.app.city.Loading;
import org.polias.app.city.Problem;
import org.polias.app.city.ProblemLog;
import org.polias.app.city.TextFile;
import org.polias.app.osm.OsmFile;
import org.polias.model.city.SiteDefinition;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Distribution;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Placement;
import org.polias.simulate.api.Population;
import org.polias.simulate.ground.CityGround;
import org.polias.simulate.ground.District;
import org.polias.simulate.ground.Doorways;
import org.polias.simulate.ground.MapGround;
import org.polias.simulate.ground.Situation;
import org.polias.simulate.network.Floor;

/**
 * A situation from whatever there is: a scene file, a piece of OpenStreetMap, a city's folder.
 *
 * @param district which part of a map
 * @param site which site of a city; absent: the one with most people
 * @param people how many to spread over the ground in addition to those of the file; absent: none, or where there are none at all an
 *     assumption
 * @param seed in place of the file's
 */
public record SceneSource(
        Path path, District district, Optional<String> site, Optional<Integer> people, Optional<Long> seed) {

    private static final double ASSUMED_M2_PER_PERSON = 15;
    private static final int ASSUMED_AT_MOST = 5_000;

    /** @throws IOException if the file cannot be read at all */
    public Reading read() throws IOException {
        Reading reading;
        if (Files.isDirectory(path)) {
            reading = city();
        } else if (OsmFile.isOne(path)) {
            reading = made(MapGround.of(OsmFile.read(path), path.getFileName().toString(), district));
        } else {
            reading = scene();
        }
        return switch (reading) {
            case Reading.Refused refused -> refused;
            case Reading.Read(Situation situation, List<String> notes) -> peopled(situation, notes);
        };
    }

    private Reading scene() throws IOException {
        ProblemLog log = new ProblemLog();
        if (!Files.exists(path)) {
            throw new IOException("there is no file %s.".formatted(path));
        }
        String file = path.getFileName().toString();
        Optional<Situation> situation =
                TextFile.read(path, file, log).flatMap(text -> new SceneReader(file, log).read(text));
        return situation
                .<Reading>map(read -> new Reading.Read(read.withScene(Doorways.added(read.scene())), List.of()))
                .orElseGet(() -> new Reading.Refused(
                        log.list().stream().sorted().map(Problem::render).toList()));
    }

    private Reading city() {
        return switch (CityLoader.load(path)) {
            case Loading.Refused(var problems) ->
                new Reading.Refused(List.of(problems.render().split("\\R(?! )")));
            case Loading.Loaded(var city, var _) -> {
                Optional<SiteDefinition> chosen = city.sites().stream()
                        .filter(each ->
                                site.isEmpty() || each.site().id().value().equals(site.get()))
                        .max(Comparator.comparingInt(each -> each.site().expectedPeople()));
                yield chosen.isEmpty()
                        ? new Reading.Refused(List.of("The city has no site %s.%nMaybe one of %s."
                                .formatted(
                                        site.orElse(""),
                                        String.join(
                                                ", ",
                                                city.sites().stream()
                                                        .map(each ->
                                                                each.site().id().value())
                                                        .toList()))))
                        : made(CityGround.of(chosen.get()));
            }
        };
    }

    private static Reading made(District.Made made) {
        return switch (made) {
            case District.Made.Ground(Situation situation, List<String> notes) -> new Reading.Read(situation, notes);
            case District.Made.Nothing(List<String> lacks) -> new Reading.Refused(lacks);
        };
    }

    private Reading peopled(Situation situation, List<String> notes) {
        List<String> said = new ArrayList<>(notes);
        Situation result = seed.map(situation::seeded).orElse(situation);
        int wanted = people.orElse(0);
        double m2 = 0;
        for (Level level : situation.scene().levels()) {
            m2 += Floor.of(level).geometry().getArea();
        }
        if (people.isEmpty() && situation.people().isEmpty()) {
            wanted = (int) Math.min(ASSUMED_AT_MOST, m2 / ASSUMED_M2_PER_PERSON);
            said.add("Nobody is on the ground: %d people were assumed, spread evenly. Say how many with --people."
                    .formatted(wanted));
        }
        if (wanted > 0) {
            List<Population> all = new ArrayList<>(result.people());
            all.addAll(spread(situation, wanted, m2));
            result = result.withPeople(all);
        }
        return new Reading.Read(result, said);
    }

    /** So many people over all the ground, by area. */
    private static List<Population> spread(Situation situation, int count, double m2) {
        List<Population> people = new ArrayList<>();
        double seen = 0;
        int given = 0;
        for (Level level : situation.scene().levels()) {
            for (Area area : Floor.toAreas(Floor.of(level).geometry())) {
                seen += Floor.toGeometry(area).getArea();
                int own = (int) Math.round(count * seen / m2) - given;
                given += own;
                if (own > 0) {
                    String id = people.isEmpty() ? "people" : "people-%d".formatted(people.size() + 1);
                    people.add(Population.of(id, own, new Placement.Within(level.id(), area))
                            .leavingAfter(new Distribution.LogNormal(20, 0.5, 120)));
                }
            }
        }
        return people;
    }
}
