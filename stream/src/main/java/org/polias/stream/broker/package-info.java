// SPDX-License-Identifier: Apache-2.0
/** A real Kafka broker inside the process. */
@NullMarked
package org.polias.stream.broker;

import org.jspecify.annotations.NullMarked;
