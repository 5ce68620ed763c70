// SPDX-License-Identifier: Apache-2.0
/**
 * Measures the platform's main way from outside: MQTT in, detection, fusion, the console's socket out. Knows nothing of the
 * platform but its published interfaces, and starts it as anyone would.
 */
@NullMarked
package org.polias.bench.ingest;

import org.jspecify.annotations.NullMarked;
