// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.cyber;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.polias.detect.Names;
import org.polias.detect.Signal;
import org.polias.detect.Watched;
import org.polias.model.observation.Quality;
import org.polias.model.observation.Result;

/** A Suricata alert, read out of the flattened EVE fields. Any of them may be missing: decoder alerts have no addresses. */
record Alert(Map<String, String> fields) {

    private static final String TYPE = "suricata.alert";
    private static final int UNKNOWN_SEVERITY = 3;
    private static final int MOST_TECHNIQUES = 16;

    /** The alert that a reading is, if it is one. */
    static Optional<Alert> find(Signal.Reading reading) {
        return reading.observation().result() instanceof Result.EventRecord event
                        && event.type().equals(TYPE)
                        && reading.observation().quality() != Quality.BAD
                ? Optional.of(new Alert(event.attributes()))
                : Optional.empty();
    }

    String source() {
        return address("src_ip");
    }

    String destination() {
        return address("dest_ip");
    }

    /** Suricata writes IPv6 addresses in full; others write them short. */
    private String address(String field) {
        String text = fields.getOrDefault(field, "");
        return IpAddress.parse(text).map(IpAddress::text).orElseGet(() -> Names.of(text));
    }

    String category() {
        return Names.of(fields.getOrDefault("alert.category", ""));
    }

    /** The rule's message, or its number where it has none. */
    String signature() {
        String message = fields.getOrDefault("alert.signature", "");
        return Names.of(
                message.isEmpty()
                        ? "rule " + fields.getOrDefault("alert.gid", "1") + ':'
                                + fields.getOrDefault("alert.signature_id", "?")
                        : message);
    }

    /** 1 (high) to 255. */
    int severity() {
        String text = fields.getOrDefault("alert.severity", "");
        if (text.isEmpty() || text.length() > 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return UNKNOWN_SEVERITY;
        }
        int severity = Integer.parseInt(text);
        return severity == 0 ? UNKNOWN_SEVERITY : severity;
    }

    boolean isBlocked() {
        return fields.getOrDefault("alert.action", "").equals("blocked");
    }

    /** The ATT&CK techniques that the rule names, such as T1071 or T0856: the first few, if it names a great many. */
    List<String> techniques() {
        String text = fields.getOrDefault("alert.metadata.mitre_technique_id", "");
        List<String> techniques = new ArrayList<>();
        int start = 0;
        while (start < text.length() && techniques.size() < MOST_TECHNIQUES) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            String technique = text.substring(start, end).strip();
            if (!technique.isEmpty()) {
                techniques.add(technique);
            }
            start = end + 1;
        }
        return techniques;
    }

    /** The asset at which the alert is: the destination's, else the source's. */
    Optional<Watched> findAsset(AddressBook book) {
        return book.find(destination()).or(() -> book.find(source()));
    }

    /** Source and destination with their ports; empty where neither is known. */
    String path() {
        if (source().isEmpty() && destination().isEmpty()) {
            return "";
        }
        return end(source(), port("src_port")) + " -> " + end(destination(), port("dest_port"));
    }

    private String port(String field) {
        return Names.of(fields.getOrDefault(field, ""));
    }

    private static String end(String address, String port) {
        if (address.isEmpty()) {
            return "?";
        }
        if (port.isEmpty() || port.equals("0")) {
            return address;
        }
        return address.indexOf(':') < 0 ? address + ':' + port : '[' + address + "]:" + port;
    }
}
