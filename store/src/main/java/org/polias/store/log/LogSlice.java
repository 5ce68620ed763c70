// SPDX-License-Identifier: Apache-2.0
package org.polias.store.log;

import java.util.List;

/**
 * A stretch of one partition of the log.
 *
 * @param progress how far the reader has come once the slice is stored
 * @param records what there is to store of it, in the log's order; may be fewer than the log has, or none
 */
public record LogSlice<T>(LogProgress progress, List<T> records) {
    public LogSlice {
        records = List.copyOf(records);
    }
}
