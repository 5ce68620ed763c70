// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.mqtt;

import java.util.BitSet;

import org.polias.model.id.DeviceId;

/**
 * What outlives a connection (MQTT 3.1.1, 3.1.2.4): the packet ids of QoS 2 messages that are durable but not yet released by
 * the client, so that sending them again has no effect. Lost with the process; the fold then knows the duplicates. Thread-safe.
 */
final class Session {

    /** A client id is a device's own affair: no device can take over another's connection by using its client id. */
    record Key(DeviceId device, String clientId) {}

    private final Key key;
    /** Bits, so that a client that never releases anything costs eight kilobytes at most. */
    private final BitSet unreleased = new BitSet();

    Session(Key key) {
        this.key = key;
    }

    Key key() {
        return key;
    }

    synchronized void await(int packetId) {
        unreleased.set(packetId);
    }

    synchronized boolean awaits(int packetId) {
        return unreleased.get(packetId);
    }

    /** Whether it was awaited. */
    synchronized boolean release(int packetId) {
        boolean awaited = unreleased.get(packetId);
        unreleased.clear(packetId);
        return awaited;
    }
}
