// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.fusion;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.polias.fuse.FusedCity;
import org.polias.fuse.FusionSettings;
import org.polias.model.city.SiteDefinition;
import org.polias.model.detection.Detection;
import org.polias.pilots.cityday.CityDay;
import org.polias.pilots.cityday.Day;
import org.polias.pilots.cityday.DaySettings;

/** Fuses invented days of cities and judges what came of them. */
public final class FusionStudy {

    private static final Duration SETTLING = Duration.ofMinutes(2);

    private FusionStudy() {}

    /** So many days of which the first has the seed of {@code first}, by so many threads. */
    public static FusionScore.Sums run(
            DaySettings first, int days, int operators, int threads, Consumer<String> progress) {
        FusionScore.Sums sums = new FusionScore.Sums();
        for (int from = 0; from < days; from += threads) {
            int end = Math.min(days, from + threads);
            List<FusionScore.Sums> some = IntStream.range(from, end)
                    .parallel()
                    .mapToObj(day -> day(new DaySettings(
                            first.seed() + day,
                            first.sites(),
                            first.hours(),
                            first.peak(),
                            first.liars(),
                            first.prevalence())))
                    .map(score -> score.sums(operators))
                    .toList();
            some.forEach(sums::add);
            progress.accept("%d of %d days".formatted(end, days));
        }
        return sums;
    }

    /** One day. */
    public static FusionScore day(DaySettings settings) {
        Day day = CityDay.of(settings);
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
}
