// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.cyber;

import java.util.List;
import java.util.Map;

import org.polias.detect.likelihood.LikelihoodRatio;
import org.polias.detect.settings.Parameter;
import org.polias.detect.settings.Parameters;

/**
 * What one alert weighs: by its severity, and more or less by its category.
 *
 * <p>By severity, LR = ln(h / P(such an alert within the reference minute though nobody attacks)), with the hit rate h and the false
 * alarms an hour of a network sensor with a common rule set, tuned once:
 *
 * <table>
 * <caption>severities</caption>
 * <tr><th>severity</th><th>h</th><th>false alarms an hour</th><th>LR</th></tr>
 * <tr><td>1 (high)</td><td>0.7</td><td>1.5</td><td>3.3</td></tr>
 * <tr><td>2 (medium)</td><td>0.5</td><td>6</td><td>1.7</td></tr>
 * <tr><td>3 (low), unknown</td><td>0.3</td><td>12</td><td>0.5</td></tr>
 * <tr><td>4 and above</td><td>0.2</td><td>12</td><td>0.1</td></tr>
 * </table>
 *
 * By category (Suricata's classification.config), the ratio by which true alerts have a larger share of it than false ones:
 * something succeeded or is controlled from outside +1.2; an attempt at harm +0.4; noise of protocols and policies -0.4; others 0.
 * These are a prior of the order that published alert studies find, not a measurement; a city that counts its own false alarms
 * should set them. The sum stays within 0.05 and {@link LikelihoodRatio#BOUND}.
 */
record AlertWeight(double severity1, double severity2, double severity3, double severity4, double categoryScale) {

    private static final double LEAST = 0.05;
    private static final double SUCCESS = 1.2;
    private static final double ATTEMPT = 0.4;
    private static final double NOISE = -0.4;

    static final List<Parameter> PARAMETERS = List.of(
            Parameter.number("severity1", "3.3", 0, 7, "LR of an alert of severity 1 (high), in nats."),
            Parameter.number("severity2", "1.7", 0, 7, "LR of an alert of severity 2 (medium)."),
            Parameter.number("severity3", "0.5", 0, 7, "LR of an alert of severity 3 (low) or unknown."),
            Parameter.number("severity4", "0.1", 0, 7, "LR of an alert of severity 4 and above."),
            Parameter.number("categoryScale", "1", 0, 5, "How much the category counts; 0: not at all."));

    /** By the descriptions in Suricata's classification.config, which are what an alert carries. */
    private static final Map<String, Double> CATEGORIES = Map.ofEntries(
            Map.entry("A Network Trojan was detected", SUCCESS),
            Map.entry("Malware Command and Control Activity Detected", SUCCESS),
            Map.entry("Domain Observed Used for C2 Detected", SUCCESS),
            Map.entry("Targeted Malicious Activity was Detected", SUCCESS),
            Map.entry("Successful User Privilege Gain", SUCCESS),
            Map.entry("Successful Administrator Privilege Gain", SUCCESS),
            Map.entry("Successful Credential Theft Detected", SUCCESS),
            Map.entry("Exploit Kit Activity Detected", SUCCESS),
            Map.entry("Large Scale Information Leak", SUCCESS),
            Map.entry("Attempted User Privilege Gain", ATTEMPT),
            Map.entry("Unsuccessful User Privilege Gain", ATTEMPT),
            Map.entry("Attempted Administrator Privilege Gain", ATTEMPT),
            Map.entry("Executable code was detected", ATTEMPT),
            Map.entry("Web Application Attack", ATTEMPT),
            Map.entry("Attempted Denial of Service", ATTEMPT),
            Map.entry("Denial of Service", ATTEMPT),
            Map.entry("Detection of a Denial of Service Attack", ATTEMPT),
            Map.entry("Attempt to login by a default username and password", ATTEMPT),
            Map.entry("An attempted login using a suspicious username was detected", ATTEMPT),
            Map.entry("Not Suspicious Traffic", NOISE),
            Map.entry("Unknown Traffic", NOISE),
            Map.entry("Generic Protocol Command Decode", NOISE),
            Map.entry("Generic ICMP event", NOISE),
            Map.entry("Misc activity", NOISE),
            Map.entry("A TCP connection was detected", NOISE),
            Map.entry("Decode of an RPC Query", NOISE),
            Map.entry("Inappropriate Content was Detected", NOISE),
            Map.entry("Potential Corporate Privacy Violation", NOISE),
            Map.entry("Device Retrieving External IP Address Detected", NOISE),
            Map.entry("Possibly Unwanted Program Detected", NOISE));

    static AlertWeight of(Parameters parameters) {
        return new AlertWeight(
                parameters.number("severity1"),
                parameters.number("severity2"),
                parameters.number("severity3"),
                parameters.number("severity4"),
                parameters.number("categoryScale"));
    }

    double of(int severity, String category) {
        double bySeverity =
                switch (severity) {
                    case 1 -> severity1;
                    case 2 -> severity2;
                    case 3 -> severity3;
                    default -> severity4;
                };
        return Math.max(
                LEAST, LikelihoodRatio.bounded(bySeverity + categoryScale * CATEGORIES.getOrDefault(category, 0.0)));
    }
}
