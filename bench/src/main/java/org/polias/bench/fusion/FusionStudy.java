// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.fusion;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.polias.fuse.FusedCity;
import org.polias.fuse.FusionSettings;
import org.polias.fuse.site.SiteModel;
import org.polias.model.city.Datastream;
import org.polias.model.city.ResultKind;
import org.polias.model.city.Sensor;
import org.polias.model.city.Site;
import org.polias.model.city.SiteDefinition;
import org.polias.model.city.Thing;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.SensorId;
import org.polias.model.id.ThingId;
import org.polias.pilots.cityday.CityDay;
import org.polias.pilots.cityday.Day;
import org.polias.pilots.cityday.DaySettings;
import org.polias.pilots.cityday.Happening;
import org.polias.pilots.secondcity.CityDayGenerator;

/** Fuses invented days of cities and judges what came of them. */
public final class FusionStudy {

    private static final Duration SETTLING = Duration.ofMinutes(2);
    /** So many days at once: a day's detections and figures are in memory together. */
    private static final int AT_ONCE = 2;

    private FusionStudy() {}

    /** So many days of which the first has the seed of {@code first}; by the second generator where that is asked. */
    public static FusionScore.Sums run(
            DaySettings first, boolean secondCity, int days, int operators, Consumer<String> progress) {
        FusionScore.Sums sums = new FusionScore.Sums();
        for (int from = 0; from < days; from += AT_ONCE) {
            int end = Math.min(days, from + AT_ONCE);
            List<FusionScore.Sums> some = IntStream.range(from, end)
                    .parallel()
                    .mapToObj(day -> new DaySettings(
                            first.seed() + day,
                            first.sites(),
                            first.hours(),
                            first.peak(),
                            first.liars(),
                            first.prevalence()))
                    .map(settings -> secondCity ? ofSecondCity(settings) : CityDay.of(settings))
                    .map(day -> score(day).sums(operators))
                    .toList();
            some.forEach(sums::add);
            progress.accept("%d of %d days".formatted(end, days));
        }
        return sums;
    }

    /** Fuses a day. */
    static FusionScore score(Day day) {
        FusionScore score = new FusionScore(
                day.happenings().stream()
                        .map(one -> new TrueIncident(one.id(), one.site(), one.type(), one.detections()))
                        .toList(),
                day.liars());
        FusedCity city = new FusedCity(FusionSettings.defaults().gathering(), score::on);
        for (SiteDefinition site : day.sites()) {
            city.configure(site, day.begins());
        }
        for (Detection detection : day.detections()) {
            city.pass(detection.knownAt());
            score.detected(detection, city.clock());
            city.on(detection);
        }
        city.pass(city.clock().plus(SETTLING));
        return score;
    }

    /** A day of the second generator in the form of the first. */
    static Day ofSecondCity(DaySettings settings) {
        org.polias.pilots.secondcity.CityDay made =
                CityDayGenerator.make(new org.polias.pilots.secondcity.CityDay.Settings(
                        settings.seed(),
                        settings.sites(),
                        settings.peak(),
                        settings.liars(),
                        settings.prevalence(),
                        settings.hours()));
        List<SiteDefinition> sites = new ArrayList<>();
        for (org.polias.pilots.secondcity.CityDay.Ground ground : made.sites()) {
            sites.add(definition(ground, made));
        }
        TreeSet<String> liars = new TreeSet<>();
        made.liars().forEach(one -> liars.add(one.site().site().value() + "/" + one.sensor()));
        return new Day(
                made.reports().getFirst().knownAt(),
                sites,
                made.reports(),
                made.truths().stream()
                        .map(one -> new Happening(
                                one.id(),
                                one.site(),
                                one.type(),
                                one.begins(),
                                one.ends(),
                                one.position(),
                                one.detections()))
                        .toList(),
                liars);
    }

    private static SiteDefinition definition(
            org.polias.pilots.secondcity.CityDay.Ground ground, org.polias.pilots.secondcity.CityDay made) {
        List<Thing> things = new ArrayList<>();
        List<Sensor> sensors = new ArrayList<>();
        List<Datastream> datastreams = new ArrayList<>();
        for (org.polias.pilots.secondcity.CityDay.Device device : made.devices()) {
            if (device.site().equals(ground.key())) {
                ThingId thing = new ThingId(device.id());
                things.add(new Thing(
                        thing, device.id(), device.position(), Optional.empty(), Optional.of(device.gateway())));
                sensors.add(new Sensor(new SensorId(device.id()), thing, device.kind(), "invented", device.range_m()));
                datastreams.add(new Datastream(
                        new DatastreamId(device.id()),
                        new SensorId(device.id()),
                        device.id(),
                        "events",
                        ResultKind.EVENT,
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        Map.of(
                                SiteModel.REPORTS,
                                String.join(
                                        ",",
                                        device.reports().stream()
                                                .map(DetectionType::code)
                                                .toList()))));
            }
        }
        return new SiteDefinition(
                ground.key(),
                new Site(
                        ground.key().site(),
                        ground.name(),
                        ground.siteClass(),
                        ground.origin(),
                        Optional.empty(),
                        ground.people(),
                        1),
                true,
                List.of(),
                List.of(),
                things,
                sensors,
                datastreams,
                List.of(),
                List.of(),
                List.of(),
                "1");
    }
}
