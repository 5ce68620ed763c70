// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.wire;

import java.util.Map;
import java.util.TreeMap;

import org.polias.model.event.SiteEvent;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.DeviceId;
import org.polias.model.id.SiteKey;
import org.polias.model.observation.Observation;
import org.polias.model.observation.ObservationId;
import org.polias.model.observation.Quality;
import org.polias.model.observation.Result;

/** The form of {@link SiteEvent}s. Observations and ticks have a form of their own; the others are {@link Documents}. */
public final class SiteEventCodec implements Codec<SiteEvent> {

    private static final String WHAT = "site event";
    private static final int DOCUMENT = 0;
    private static final int OBSERVED = 1;
    private static final int TICKED = 2;

    private static final int QUANTITY = 0;
    private static final int COUNT = 1;
    private static final int FALSE = 2;
    private static final int TRUE = 3;
    private static final int CATEGORY = 4;
    private static final int VECTOR = 5;
    private static final int EVENT = 6;
    private static final int TEXT = 7;

    private static final Quality[] QUALITIES = Quality.values();

    @Override
    public byte[] encode(SiteEvent event) {
        WireWriter out = new WireWriter().octet(VERSION);
        switch (event) {
            case SiteEvent.Observed e -> {
                out.octet(OBSERVED);
                Ids.write(out, e.site());
                out.instant(e.receivedAt()).text(e.device().value());
                write(out, e.observation());
            }
            case SiteEvent.Ticked e -> {
                out.octet(TICKED);
                Ids.write(out, e.site());
                out.instant(e.receivedAt());
            }
            case SiteEvent.Configured ignored -> writeDocument(out, event);
            case SiteEvent.Commanded ignored -> writeDocument(out, event);
            case SiteEvent.ExerciseBegan ignored -> writeDocument(out, event);
            case SiteEvent.ExerciseEnded ignored -> writeDocument(out, event);
        }
        return out.toBytes();
    }

    @Override
    public SiteEvent decode(byte[] bytes) {
        return Ids.decode(bytes, WHAT, in -> {
            int tag = Ids.readTag(in, WHAT);
            SiteEvent event =
                    switch (tag) {
                        case DOCUMENT -> Documents.read(SiteEvent.class, in.raw(in.remaining()));
                        case OBSERVED -> {
                            SiteKey site = Ids.readSite(in);
                            yield new SiteEvent.Observed(
                                    site, in.instant(), new DeviceId(in.text()), readObservation(in));
                        }
                        case TICKED -> new SiteEvent.Ticked(Ids.readSite(in), in.instant());
                        default -> throw Ids.unknownTag(WHAT, tag);
                    };
            in.end();
            return event;
        });
    }

    private static void writeDocument(WireWriter out, SiteEvent event) {
        out.octet(DOCUMENT).raw(Documents.write(SiteEvent.class, event));
    }

    private static void write(WireWriter out, Observation observation) {
        out.text(observation.datastream().value())
                .fixed(observation.id().value())
                .instant(observation.phenomenonTime());
        write(out, observation.result());
        out.octet(observation.quality().ordinal());
        Ids.writeOptional(out, observation.position());
    }

    private static Observation readObservation(WireReader in) {
        DatastreamId datastream = new DatastreamId(in.text());
        return new Observation(
                new ObservationId(in.fixed()),
                datastream,
                in.instant(),
                readResult(in),
                in.constant(QUALITIES),
                Ids.readOptionalPosition(in));
    }

    private static void write(WireWriter out, Result result) {
        switch (result) {
            case Result.Quantity r -> out.octet(QUANTITY).number(r.value());
            case Result.Count r -> out.octet(COUNT).unsigned(r.value());
            case Result.Truth r -> out.octet(r.value() ? TRUE : FALSE);
            case Result.Category r -> out.octet(CATEGORY).text(r.code());
            case Result.Vector r -> {
                double[] values = r.values();
                out.octet(VECTOR).unsigned(values.length);
                for (double value : values) {
                    out.number(value);
                }
            }
            case Result.EventRecord r -> {
                out.octet(EVENT).text(r.type()).unsigned(r.attributes().size());
                r.attributes().forEach((name, value) -> out.text(name).text(value));
            }
            case Result.Text r -> out.octet(TEXT).text(r.value());
        }
    }

    private static Result readResult(WireReader in) {
        int kind = in.octet();
        return switch (kind) {
            case QUANTITY -> new Result.Quantity(in.number());
            case COUNT -> new Result.Count(in.unsigned());
            case FALSE -> new Result.Truth(false);
            case TRUE -> new Result.Truth(true);
            case CATEGORY -> new Result.Category(in.text());
            case VECTOR -> {
                double[] values = new double[in.size(Double.BYTES)];
                for (int i = 0; i < values.length; i++) {
                    values[i] = in.number();
                }
                yield new Result.Vector(values);
            }
            case EVENT -> {
                String type = in.text();
                Map<String, String> attributes = new TreeMap<>();
                for (int left = in.size(2); left > 0; left--) {
                    attributes.put(in.text(), in.text());
                }
                yield new Result.EventRecord(type, attributes);
            }
            case TEXT -> new Result.Text(in.text());
            default -> throw Ids.unknownTag("result", kind);
        };
    }
}
