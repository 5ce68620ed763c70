// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import java.nio.file.Path;
import java.util.Optional;

import org.polias.edge.intake.Route.Form;

/**
 * Where a payload was sent.
 *
 * @param address the MQTT topic, HTTP path, or file
 * @param route what that takes; empty if it takes nothing
 */
public record Target(Way way, String address, Optional<Route> route) {

    /** The target of an address as it stands in the quarantine. */
    public static Target of(Way way, String address) {
        return switch (way) {
            case MQTT, HTTP -> new Target(way, address, Route.find(address));
            case FILE -> {
                String datastream = address.substring(address.lastIndexOf('#') + 1);
                yield new Target(way, address, Optional.of(new Route(Form.EVE, Optional.of(datastream))));
            }
            case STREAM -> {
                String datastream = address.substring(address.lastIndexOf('#') + 1);
                yield new Target(way, address, Optional.of(new Route(Form.AUDIO, Optional.of(datastream))));
            }
        };
    }

    /** The target of sound that comes from {@code source}, where it is heard for {@code datastream}. */
    public static Target ofSound(String source, String datastream) {
        return of(Way.STREAM, source + "#" + datastream);
    }

    /** Whether what is sent there is sound. */
    public boolean isSound() {
        return route.filter(each -> each.form() == Form.AUDIO).isPresent();
    }

    /** The target of an EVE file whose events go to {@code datastream}; its address is {@code file#datastream}. */
    public static Target ofFile(Path file, String datastream) {
        return of(Way.FILE, file + "#" + datastream);
    }
}
