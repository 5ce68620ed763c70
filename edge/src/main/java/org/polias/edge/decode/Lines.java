// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

import java.util.ArrayList;
import java.util.List;

import org.polias.edge.decode.Decoding.Shape;
import org.polias.model.admission.Reason;

/** Takes a payload apart at its newlines; blank lines are nothing. */
final class Lines {

    /** Decodes one line, from {@code start} to {@code end} without its newline. */
    interface LineDecoder {
        Decoded decode(int start, int end);
    }

    private Lines() {}

    static Decoding decode(byte[] bytes, int length, DecodeLimits limits, LineDecoder decoder) {
        List<Decoded> items = new ArrayList<>();
        int start = Json.afterMark(bytes, 0, length);
        while (start < length) {
            int end = start;
            while (end < length && bytes[end] != '\n') {
                end++;
            }
            if (!Json.isBlank(bytes, start, end)) {
                if (items.size() == limits.items()) {
                    return Decoding.refused(
                            Reason.OVERSIZED,
                            "The payload has more than %d lines.%nMaybe send it in parts.".formatted(limits.items()),
                            length);
                }
                items.add(decodeLine(bytes, start, end, items.size() + 1, limits, decoder));
            }
            start = end + 1;
        }
        return items.isEmpty()
                ? Decoding.refused(Reason.MALFORMED, "The payload is empty.", length)
                : new Decoding(items.size() == 1 ? Shape.SINGLE : Shape.LINES, items);
    }

    private static Decoded decodeLine(
            byte[] bytes, int start, int end, int number, DecodeLimits limits, LineDecoder decoder) {
        if (end - start > limits.item_bytes()) {
            return new Decoded.Refusal(
                    Reason.OVERSIZED,
                    "The line %d is %d bytes long; %d can be.".formatted(number, end - start, limits.item_bytes()),
                    start,
                    end);
        }
        int bad = Json.findBadByte(bytes, start, end);
        return bad >= 0
                ? new Decoded.Refusal(Reason.MALFORMED, Json.badByte(bytes, bad), start, end)
                : decoder.decode(start, end);
    }
}
