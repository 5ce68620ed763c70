// SPDX-License-Identifier: Apache-2.0
/** How a world's emissions reach the platform: real MQTT, HTTP and files, through gateways that survive its absence. */
@NullMarked
package org.polias.pilots.transport;

import org.jspecify.annotations.NullMarked;
