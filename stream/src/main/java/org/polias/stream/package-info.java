// SPDX-License-Identifier: Apache-2.0
/** The log and the folds on Kafka and Kafka Streams. {@link org.polias.stream.StreamPlatform} is the way in. */
@NullMarked
package org.polias.stream;

import org.jspecify.annotations.NullMarked;
