// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.wire;

import java.util.Optional;

import org.polias.model.id.SiteId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.model.place.Position;

/** The parts that many forms share. */
final class Ids {

    private Ids() {}

    static void write(WireWriter out, SiteKey site) {
        out.text(site.tenant().value()).text(site.site().value());
    }

    static SiteKey readSite(WireReader in) {
        return new SiteKey(new TenantId(in.text()), new SiteId(in.text()));
    }

    static void write(WireWriter out, Position position) {
        out.number(position.longitude()).number(position.latitude());
    }

    static Position readPosition(WireReader in) {
        return new Position(in.number(), in.number());
    }

    static void writeOptional(WireWriter out, Optional<Position> position) {
        out.truth(position.isPresent());
        position.ifPresent(present -> write(out, present));
    }

    static Optional<Position> readOptionalPosition(WireReader in) {
        return in.truth() ? Optional.of(readPosition(in)) : Optional.empty();
    }

    /** Reads version and tag. */
    static int readTag(WireReader in, String what) {
        int version = in.octet();
        if (version != Codec.VERSION) {
            throw new CorruptRecordException(
                    "The %s has version %d, but this release reads version %d.%nMaybe a newer release wrote it, or the data are damaged."
                            .formatted(what, version, Codec.VERSION));
        }
        return in.octet();
    }

    static CorruptRecordException unknownTag(String what, int tag) {
        return new CorruptRecordException(
                "The %s has the unknown tag %d.%nMaybe a newer release wrote it, or the data are damaged."
                        .formatted(what, tag));
    }

    /** Runs a decoder; what the vocabulary refuses is as corrupt as what cannot be read. */
    static <T> T decode(byte[] bytes, String what, Decoder<T> decoder) {
        try {
            return decoder.decode(new WireReader(bytes));
        } catch (CorruptRecordException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new CorruptRecordException("The %s has a part that cannot be: %s".formatted(what, e.getMessage()), e);
        }
    }

    @FunctionalInterface
    interface Decoder<T> {
        T decode(WireReader in);
    }
}
