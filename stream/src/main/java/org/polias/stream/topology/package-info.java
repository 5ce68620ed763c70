// SPDX-License-Identifier: Apache-2.0
/** Runs the folds of all sites on Kafka Streams, effectively once. */
@NullMarked
package org.polias.stream.topology;

import org.jspecify.annotations.NullMarked;
