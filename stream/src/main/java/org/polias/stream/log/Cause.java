// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.log;

import java.util.Optional;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.polias.stream.wire.CorruptRecordException;
import org.polias.stream.wire.WireReader;
import org.polias.stream.wire.WireWriter;

/**
 * Where an outcome comes from: the {@code index}-th outcome of the site event at {@code offset} of {@code partition}. After a crash
 * outcomes may be given out a second time, with the same bytes and the same cause: who reads them takes each cause once, which
 * is easy, because within a partition of the outcomes new causes only ascend.
 */
public record Cause(int partition, long offset, int index) {

    private static final String HEADER = "cause";

    /** Whether this one comes after {@code other} of the same partition. */
    public boolean isAfter(Cause other) {
        return offset != other.offset ? offset > other.offset : index > other.index;
    }

    /** Writes it into a record's headers. */
    public void addTo(Headers headers) {
        headers.add(
                HEADER,
                new WireWriter(16)
                        .unsigned(partition)
                        .unsigned(offset)
                        .unsigned(index)
                        .toBytes());
    }

    /** The cause in a record's headers. */
    public static Optional<Cause> find(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        if (header == null || header.value() == null) {
            return Optional.empty();
        }
        WireReader in = new WireReader(header.value());
        Cause cause = new Cause((int) in.unsigned(), in.unsigned(), (int) in.unsigned());
        if (cause.partition < 0 || cause.offset < 0 || cause.index < 0) {
            throw new CorruptRecordException("The %s of an outcome cannot be.".formatted(cause));
        }
        return Optional.of(cause);
    }
}
