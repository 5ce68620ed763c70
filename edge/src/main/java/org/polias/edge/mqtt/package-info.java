// SPDX-License-Identifier: Apache-2.0
/**
 * MQTT 3.1.1 and 5 for devices that deliver. Nothing goes out by it but acknowledgements, and those only for what is durable.
 */
@NullMarked
package org.polias.edge.mqtt;

import org.jspecify.annotations.NullMarked;
