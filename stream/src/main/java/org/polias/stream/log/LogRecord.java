// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.log;

import java.time.Instant;
import java.util.Optional;

/**
 * A record as it was read.
 *
 * @param partition of its topic
 * @param offset its position in the partition
 * @param appendedAt when it was given to the log, by the writer's clock
 * @param value what it is
 * @param cause of an outcome: the event from which it came
 */
public record LogRecord<T>(int partition, long offset, Instant appendedAt, T value, Optional<Cause> cause) {}
