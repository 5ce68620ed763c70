// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

import org.polias.edge.decode.Decoded;
import org.polias.edge.decode.Decoding;
import org.polias.edge.decode.Excerpt;
import org.polias.model.admission.Quarantined;
import org.polias.model.admission.Reason;
import org.polias.model.id.StableHash;
import org.polias.model.port.Registry.Device;

/**
 * Cuts what was refused out of a payload, byte for byte, and puts what has the same reason together again in the form of the
 * payload, so that it can be replayed without what was taken. What does not fit one record of the quarantine is spread over
 * several.
 */
record Quarantining(Device device, Target target, Instant receivedAt, int limit_bytes) {

    /** The refused items of {@code decoding}, which {@code rejections} name by their index. */
    List<Quarantined> pack(byte[] payload, int length, Decoding decoding, List<Rejection> rejections) {
        if (decoding.items().size() == 1) {
            Rejection only = rejections.getFirst();
            return List.of(keep(only.reason(), only.detail(), payload, 0, length));
        }
        Map<Reason, List<Rejection>> byReason = new EnumMap<>(Reason.class);
        rejections.forEach(rejection -> byReason.computeIfAbsent(rejection.reason(), _ -> new ArrayList<>())
                .add(rejection));
        List<Quarantined> packed = new ArrayList<>();
        byReason.forEach((reason, refused) -> packReason(payload, decoding, reason, refused, packed));
        return packed;
    }

    /** A payload, or what there is of it, that is refused as a whole. */
    Quarantined keep(Reason reason, String detail, byte[] bytes, int start, int end) {
        boolean truncated = end - start > limit_bytes;
        byte[] kept = Arrays.copyOfRange(bytes, start, truncated ? start + limit_bytes : end);
        return record(reason, detail, kept, truncated);
    }

    private void packReason(
            byte[] payload, Decoding decoding, Reason reason, List<Rejection> refused, List<Quarantined> packed) {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        String header = "";
        String footer = "";
        int inChunk = 0;
        String detail = "";
        for (Rejection rejection : refused) {
            Decoded item = decoding.items().get(rejection.index());
            int size = item.end() - item.start();
            String ownHeader = header(decoding, rejection.index());
            int frame = ownHeader.length() + 8;
            if (inChunk > 0 && chunk.size() + size + frame > limit_bytes) {
                packed.add(close(reason, detail, inChunk, chunk, footer));
                inChunk = 0;
            }
            if (size + frame > limit_bytes) {
                packed.add(keep(reason, rejection.detail(), payload, item.start(), item.end()));
                continue;
            }
            if (inChunk == 0) {
                chunk.reset();
                detail = rejection.detail();
                write(chunk, opening(decoding) + ownHeader);
            } else if (!ownHeader.equals(header)) {
                write(chunk, "]}," + ownHeader);
            } else {
                write(chunk, decoding.shape() == Decoding.Shape.LINES ? "\n" : ",");
            }
            chunk.write(payload, item.start(), size);
            header = ownHeader;
            footer = closing(decoding);
            inChunk++;
        }
        if (inChunk > 0) {
            packed.add(close(reason, detail, inChunk, chunk, footer));
        }
    }

    private Quarantined close(Reason reason, String detail, int count, ByteArrayOutputStream chunk, String footer) {
        write(chunk, footer);
        String whole = count == 1 ? detail : "%s (and %d more)".formatted(detail, count - 1);
        return record(reason, whole, chunk.toByteArray(), false);
    }

    private static String header(Decoding decoding, int index) {
        Entry<Integer, String> entry = decoding.headers().isEmpty()
                ? null
                : decoding.headers().headMap(index + 1).lastEntry();
        return entry == null ? "" : entry.getValue();
    }

    private static String opening(Decoding decoding) {
        return switch (decoding.shape()) {
            case SINGLE, LINES -> "";
            case ARRAY, ROWS -> "[";
        };
    }

    private static String closing(Decoding decoding) {
        return switch (decoding.shape()) {
            case SINGLE, LINES -> "";
            case ARRAY -> "]";
            case ROWS -> "]}]";
        };
    }

    private static void write(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
    }

    private Quarantined record(Reason reason, String detail, byte[] kept, boolean truncated) {
        String address = target.address().length() > 1024
                ? Excerpt.of(target.address())
                : target.address().replace('\0', '?');
        StableHash hash = new StableHash()
                .add(device.tenant().value())
                .add(device.id().value())
                .add(receivedAt.getEpochSecond())
                .add(receivedAt.getNano())
                .add(target.way().code())
                .add(address)
                .add(reason.code())
                .add(detail)
                .add(new String(kept, StandardCharsets.ISO_8859_1));
        return new Quarantined(
                "Q-" + hash.base32(),
                device.tenant(),
                device.id(),
                receivedAt,
                target.way().code(),
                address,
                reason,
                detail,
                kept,
                truncated);
    }
}
