// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.polias.model.admission.Reason;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.EntityRef;
import org.polias.model.detection.Evidence;
import org.polias.model.detection.Phase;
import org.polias.model.event.Health;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.DetectionId;
import org.polias.model.id.SiteKey;
import org.polias.model.observation.ObservationId;
import org.polias.model.place.Covariance;
import org.polias.model.place.Place;

/** The form of {@link SiteOutcome}s. What is frequent has a form of its own; incidents and answers are {@link Documents}. */
public final class SiteOutcomeCodec implements Codec<SiteOutcome> {

    private static final String WHAT = "site outcome";
    private static final int DOCUMENT = 0;
    private static final int DETECTED = 1;
    private static final int HEALTH_CHANGED = 2;
    private static final int DISCARDED = 3;

    private static final Phase[] PHASES = Phase.values();
    private static final Health[] HEALTHS = Health.values();

    @Override
    public byte[] encode(SiteOutcome outcome) {
        WireWriter out = new WireWriter().octet(VERSION);
        switch (outcome) {
            case SiteOutcome.Detected o -> {
                out.octet(DETECTED);
                Ids.write(out, o.site());
                write(out, o.detection());
            }
            case SiteOutcome.HealthChanged o -> {
                out.octet(HEALTH_CHANGED);
                Ids.write(out, o.site());
                out.text(o.datastream().value())
                        .octet(o.health().ordinal())
                        .instant(o.since())
                        .text(o.detail());
            }
            case SiteOutcome.Discarded o -> {
                out.octet(DISCARDED);
                Ids.write(out, o.site());
                out.text(o.datastream().value())
                        .fixed(o.observation().value())
                        .text(o.reason().code())
                        .instant(o.at());
            }
            case SiteOutcome.IncidentChanged ignored -> writeDocument(out, outcome);
            case SiteOutcome.CommandAnswered ignored -> writeDocument(out, outcome);
            case SiteOutcome.ExerciseChanged ignored -> writeDocument(out, outcome);
            case SiteOutcome.CalibrationChanged ignored -> writeDocument(out, outcome);
            case SiteOutcome.TrustChanged ignored -> writeDocument(out, outcome);
            case SiteOutcome.Gathered ignored -> writeDocument(out, outcome);
        }
        return out.toBytes();
    }

    @Override
    public SiteOutcome decode(byte[] bytes) {
        return Ids.decode(bytes, WHAT, in -> {
            int tag = Ids.readTag(in, WHAT);
            SiteOutcome outcome =
                    switch (tag) {
                        case DOCUMENT -> Documents.read(SiteOutcome.class, in.raw(in.remaining()));
                        case DETECTED -> {
                            SiteKey site = Ids.readSite(in);
                            yield new SiteOutcome.Detected(site, readDetection(in));
                        }
                        case HEALTH_CHANGED ->
                            new SiteOutcome.HealthChanged(
                                    Ids.readSite(in),
                                    new DatastreamId(in.text()),
                                    in.constant(HEALTHS),
                                    in.instant(),
                                    in.text());
                        case DISCARDED ->
                            new SiteOutcome.Discarded(
                                    Ids.readSite(in),
                                    new DatastreamId(in.text()),
                                    new ObservationId(in.fixed()),
                                    readReason(in),
                                    in.instant());
                        default -> throw Ids.unknownTag(WHAT, tag);
                    };
            in.end();
            return outcome;
        });
    }

    private static void writeDocument(WireWriter out, SiteOutcome outcome) {
        out.octet(DOCUMENT).raw(Documents.write(SiteOutcome.class, outcome));
    }

    static Reason readReason(WireReader in) {
        String code = in.text();
        return Reason.find(code)
                .orElseThrow(() -> new CorruptRecordException("The reason '%s' is unknown.".formatted(code)));
    }

    private static void write(WireWriter out, Detection d) {
        out.text(d.id().value());
        Ids.write(out, d.site());
        out.text(d.type().code())
                .octet(d.phase().ordinal())
                .text(d.detector())
                .text(d.subject())
                .instant(d.time())
                .instant(d.knownAt())
                .number(d.logLikelihoodRatio());
        Ids.write(out, d.place().position());
        Covariance covariance = d.place().covariance();
        out.number(covariance.ee_m2()).number(covariance.en_m2()).number(covariance.nn_m2());
        out.unsigned(d.entities().size());
        for (EntityRef entity : d.entities()) {
            out.text(entity.kind()).text(entity.value());
        }
        out.unsigned(d.evidence().size());
        for (Evidence evidence : d.evidence()) {
            out.text(evidence.datastream().value())
                    .fixed(evidence.observation().value())
                    .instant(evidence.phenomenonTime());
        }
        out.unsigned(d.measures().size());
        d.measures().forEach((name, value) -> out.text(name).number(value));
        out.text(d.summary());
    }

    private static Detection readDetection(WireReader in) {
        DetectionId id = new DetectionId(in.text());
        SiteKey site = Ids.readSite(in);
        String typeCode = in.text();
        DetectionType type = DetectionType.find(typeCode)
                .orElseThrow(
                        () -> new CorruptRecordException("The detection type '%s' is unknown.".formatted(typeCode)));
        Phase phase = in.constant(PHASES);
        String detector = in.text();
        String subject = in.text();
        Instant time = in.instant();
        Instant knownAt = in.instant();
        double logLikelihoodRatio = in.number();
        Place place = new Place(Ids.readPosition(in), new Covariance(in.number(), in.number(), in.number()));
        List<EntityRef> entities = new ArrayList<>();
        for (int left = in.size(2); left > 0; left--) {
            entities.add(new EntityRef(in.text(), in.text()));
        }
        List<Evidence> evidence = new ArrayList<>();
        for (int left = in.size(2); left > 0; left--) {
            evidence.add(new Evidence(new DatastreamId(in.text()), new ObservationId(in.fixed()), in.instant()));
        }
        Map<String, Double> measures = new TreeMap<>();
        for (int left = in.size(2); left > 0; left--) {
            measures.put(in.text(), in.number());
        }
        return new Detection(
                id,
                site,
                type,
                phase,
                detector,
                subject,
                time,
                knownAt,
                logLikelihoodRatio,
                place,
                entities,
                evidence,
                measures,
                in.text());
    }
}
