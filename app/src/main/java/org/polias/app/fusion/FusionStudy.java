// SPDX-License-Identifier: Apache-2.0
package org.polias.app.fusion;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.polias.bench.fusion.FusionScore;
import org.polias.fuse.DefaultFusion;
import org.polias.model.detection.Detection;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.DetectionId;
import org.polias.model.id.IncidentId;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.pilots.cityday.CityDay;
import org.polias.pilots.cityday.CityDayGenerator;

/** Fuses generated days and compares with their truth. */
public final class FusionStudy {

    private static final double DETECTS = 0.9;

    private FusionStudy() {}

    /** The figures of all {@code days}, of which the seeds follow on {@code first}'s. */
    public static Map<String, Object> run(CityDay.Settings first, int days, int operators) {
        FusionScore score = new FusionScore();
        for (int i = 0; i < days; i++) {
            CityDay day = CityDayGenerator.make(new CityDay.Settings(
                    first.seed() + i, first.sites(), first.peak(), first.liars(), first.prevalence(), first.hours()));
            add(day, i, score);
        }
        return score.figures(first.hours() * days, operators);
    }

    /** Days have detections of the same names: the day's number keeps them apart (and so the incidents, whose names derive from them). */
    private static void add(CityDay day, int number, FusionScore score) {
        for (CityDay.Truth truth : day.truths()) {
            score.add(new FusionScore.Truth(
                    truth.id(),
                    truth.type(),
                    truth.detections().stream().map(id -> of(number, id)).toList()));
        }
        FusionRun<?> run = new FusionRun<>(new DefaultFusion(), book(day), watcher(score));
        for (Detection report : day.reports()) {
            run.accept(new FusionLine.Claim(of(number, report), Optional.empty(), true));
        }
        run.end();
    }

    private static SiteBook book(CityDay day) {
        SiteBook book = new SiteBook();
        for (CityDay.Ground site : day.sites()) {
            book.add(new FusionLine.SiteLine(
                    site.key(), site.name(), site.siteClass(), site.origin(), site.radius_m(), site.people(), 1));
        }
        for (CityDay.Device device : day.devices()) {
            book.add(new FusionLine.SensorLine(
                    device.site(),
                    new DatastreamId(device.id()),
                    device.kind(),
                    device.position(),
                    device.range_m(),
                    Optional.of(device.gateway()),
                    device.reports(),
                    DETECTS,
                    Optional.empty()));
        }
        return book;
    }

    private static DetectionId of(int day, DetectionId id) {
        return new DetectionId(id.value() + "-" + day);
    }

    private static Detection of(int day, Detection one) {
        return new Detection(
                of(day, one.id()),
                one.site(),
                one.type(),
                one.phase(),
                one.detector(),
                one.subject(),
                one.time(),
                one.knownAt(),
                one.logLikelihoodRatio(),
                one.place(),
                one.entities(),
                one.evidence(),
                one.measures(),
                one.summary());
    }

    /** Tells {@code score} all that a run tells. */
    public static FusionRun.Watcher watcher(FusionScore score) {
        return new FusionRun.Watcher() {
            @Override
            public void claimed(Detection detection, Instant at) {
                score.claimed(detection, at);
            }

            @Override
            public void changed(IncidentEvent event, Incident after) {
                score.changed(event, after);
            }

            @Override
            public void joined(DetectionId detection, IncidentId incident, Instant at) {
                score.joined(detection, incident, at);
            }
        };
    }
}
