// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.replay;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;
import org.polias.model.event.SiteEvent;
import org.polias.stream.broker.EmbeddedBroker;
import org.polias.stream.wire.Codec;
import org.polias.stream.wire.CorruptRecordException;
import org.polias.stream.wire.SiteEventCodec;

/**
 * A recorded log as a file.
 *
 * <p>It begins with the eight bytes {@code POLIASL1}. Each record is its length (4 bytes, big-endian), the CRC-32C of its bytes (4
 * bytes) and its bytes, in the form of {@link SiteEventCodec}. The end is the length 0 and the number of records (8 bytes), so that
 * a file that was cut off is told from one that is complete. Records of one site are in order; those of several sites may be
 * mixed in any way.
 */
public final class LogFile {

    private static final byte[] MAGIC = "POLIASL1".getBytes(StandardCharsets.US_ASCII);
    private static final Codec<SiteEvent> CODEC = new SiteEventCodec();
    private static final int BUFFER_BYTES = 1 << 16;

    private LogFile() {}

    /** Writes a file, record by record. Without {@link #finish()} the file remains incomplete and readers say so. */
    public static final class Writer implements AutoCloseable {
        private final DataOutputStream out;
        private long count;

        /** Begins a new file; an existing one is replaced. */
        public Writer(Path file) throws IOException {
            out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES));
            out.write(MAGIC);
        }

        public void write(SiteEvent event) throws IOException {
            byte[] bytes = CODEC.encode(event);
            out.writeInt(bytes.length);
            out.writeInt(checksum(bytes));
            out.write(bytes);
            count++;
        }

        /** How many records were written. */
        public long count() {
            return count;
        }

        /** Marks the file as complete. */
        public void finish() throws IOException {
            out.writeInt(0);
            out.writeLong(count);
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /**
     * The records of a file, read as they are asked for. Close the stream to close the file.
     *
     * @throws CorruptRecordException if the file is no recorded log, is cut off or damaged; also from the stream, where that shows
     *     only later
     * @throws IOException if it cannot be read
     */
    public static Stream<SiteEvent> read(Path file) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
        boolean begun = false;
        try {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new CorruptRecordException(
                        "The file %s is not a recorded log: it does not begin with %s.%nMaybe it was meant for another command; ./polias log export writes recorded logs."
                                .formatted(file, new String(MAGIC, StandardCharsets.US_ASCII)));
            }
            begun = true;
        } finally {
            if (!begun) {
                in.close();
            }
        }
        Spliterator<SiteEvent> records =
                Spliterators.spliteratorUnknownSize(new Records(file, in), Spliterator.ORDERED | Spliterator.NONNULL);
        return StreamSupport.stream(records, false).onClose(() -> {
            try {
                in.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static final class Records implements Iterator<SiteEvent> {
        private final Path file;
        private final DataInputStream in;
        private @Nullable SiteEvent next;
        private boolean ended;
        private long count;
        private long position = MAGIC.length;

        Records(Path file, DataInputStream in) {
            this.file = file;
            this.in = in;
        }

        @Override
        public boolean hasNext() {
            if (next == null && !ended) {
                next = advance();
            }
            return next != null;
        }

        @Override
        public SiteEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            SiteEvent event = next;
            next = null;
            if (event == null) {
                throw new NoSuchElementException();
            }
            return event;
        }

        private @Nullable SiteEvent advance() {
            try {
                int length = in.readInt();
                if (length == 0) {
                    end();
                    return null;
                }
                if (length < 0 || length > EmbeddedBroker.MAX_RECORD_BYTES) {
                    throw corrupt("has a record of %d bytes".formatted(length), null);
                }
                int checksum = in.readInt();
                byte[] bytes = in.readNBytes(length);
                if (bytes.length < length) {
                    throw new EOFException();
                }
                if (checksum(bytes) != checksum) {
                    throw corrupt("is damaged", null);
                }
                SiteEvent event = decode(bytes);
                count++;
                position += length + 8L;
                return event;
            } catch (EOFException e) {
                throw corrupt("was cut off", e);
            } catch (IOException e) {
                throw new UncheckedIOException("The file %s cannot be read.".formatted(file), e);
            }
        }

        private SiteEvent decode(byte[] bytes) {
            try {
                return CODEC.decode(bytes);
            } catch (CorruptRecordException e) {
                throw corrupt("has a record that cannot be read (%s)".formatted(e.getMessage()), e);
            }
        }

        private void end() throws IOException {
            long expected = in.readLong();
            if (expected != count) {
                throw corrupt("says that it has %d records".formatted(expected), null);
            }
            if (in.read() >= 0) {
                throw corrupt("goes on after its end", null);
            }
            ended = true;
        }

        private CorruptRecordException corrupt(String what, @Nullable Exception cause) {
            ended = true;
            return new CorruptRecordException(
                    "The file %s %s, after %d records, at byte %d.%nMaybe its export did not finish, or its copy is incomplete."
                            .formatted(file, what, count, position),
                    cause);
        }
    }
}
