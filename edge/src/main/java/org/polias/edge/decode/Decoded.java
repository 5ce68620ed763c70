// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

import org.polias.model.admission.Reason;

/** What one item of a payload turned out to be. Each knows where in the payload it stood, so that it can be cut out again. */
public sealed interface Decoded permits Reading, Decoded.Refusal {

    /** The offset of the item's first byte in the payload. */
    int start();

    /** The offset behind the item's last byte. */
    int end();

    /**
     * It is nothing that can be read.
     *
     * @param detail what is wrong and where, with the value
     */
    record Refusal(Reason reason, String detail, int start, int end) implements Decoded {}
}
