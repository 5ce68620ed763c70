// SPDX-License-Identifier: Apache-2.0
/** What the store keeps of the log's readers: batches, and how far they have come. */
@NullMarked
package org.polias.store.log;

import org.jspecify.annotations.NullMarked;
