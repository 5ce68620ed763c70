// SPDX-License-Identifier: Apache-2.0
package org.polias.model.city;

/** What an asset is. */
public enum AssetKind {
    GATE,
    DOOR,
    CAMERA,
    MICROPHONE,
    SERVER,
    NETWORK,
    CONTROL_SYSTEM,
    TANK,
    VEHICLE,
    STRUCTURE,
    OTHER
}
