// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

/**
 * A rule of a network sensor. The texts are ours.
 *
 * @param severity 1 (worst) to 3
 * @param technique the MITRE ATT&amp;CK technique that the rule's author assigned, empty if none
 */
record Signature(int id, String text, String category, int severity, String technique) {

    static final Signature OLD_TLS =
            new Signature(9000001, "Outdated TLS version offered by a device", "Not Suspicious Traffic", 3, "");
    static final Signature DEVICE_SCAN = new Signature(
            9000110, "Many hosts of the video network probed by one address", "Attempted Information Leak", 2, "T1046");
    static final Signature CAMERA_LOGIN = new Signature(
            9000111,
            "Repeated failed logins at a camera's web interface",
            "Attempted Administrator Privilege Gain",
            1,
            "T1110");
    static final Signature STREAM_TEARDOWN = new Signature(
            9000112, "Flood of RTSP TEARDOWN requests ends video streams", "Attempted Denial of Service", 1, "T1499");
    static final Signature SETPOINT_WRITE = new Signature(
            9000120,
            "Modbus write to an alarm set-point outside the maintenance window",
            "Attempted Administrator Privilege Gain",
            1,
            "T0836");
    static final Signature VALVE_COMMAND =
            new Signature(9000121, "Modbus command to a relief valve from an unusual host", "Misc Attack", 1, "T0855");
}
