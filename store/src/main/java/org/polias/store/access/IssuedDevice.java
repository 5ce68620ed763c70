// SPDX-License-Identifier: Apache-2.0
package org.polias.store.access;

import org.polias.model.port.Registry.Device;

/**
 * A device and its secret, at the only moment when anyone but the device knows it.
 *
 * @param secret 256 random bits in base64url; kept nowhere in clear
 */
public record IssuedDevice(Device device, String secret) {
    @Override
    public String toString() {
        return "IssuedDevice[" + device + "]";
    }
}
