// SPDX-License-Identifier: Apache-2.0
/** SensorThings, EVE and events over HTTP. */
@NullMarked
package org.polias.edge.http;

import org.jspecify.annotations.NullMarked;
