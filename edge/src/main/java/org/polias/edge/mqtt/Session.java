// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.mqtt;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.polias.model.id.DeviceId;

/**
 * What outlives a connection (MQTT 3.1.1, 3.1.2.4): the packet ids of QoS 2 messages that are durable but not yet released by
 * the client, so that sending them again has no effect. Lost with the process; the fold then knows the duplicates.
 */
record Session(Key key, Set<Integer> unreleased) {

    /** A client id is a device's own affair: no device can take over another's connection by using its client id. */
    record Key(DeviceId device, String clientId) {}

    static Session of(Key key) {
        return new Session(key, ConcurrentHashMap.newKeySet());
    }
}
