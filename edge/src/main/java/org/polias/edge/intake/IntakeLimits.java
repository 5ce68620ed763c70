// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import java.time.Duration;

import org.polias.edge.decode.DecodeLimits;

/**
 * What is taken in, and how much.
 *
 * @param payload_bytes the largest MQTT payload
 * @param body_bytes the largest HTTP body, packed and unpacked
 * @param quarantine_bytes the largest payload that the quarantine keeps whole; with its description it must fit a record of the
 *     log
 * @param maxLateness how far behind the arrival a measurement's time may lie where its datastream does not say
 * @param maxLead how far ahead of the arrival an observation's time may lie; clocks differ
 * @param share_per_s how many observations a second one device may deliver in the long run whatever the others do ({@link FairShare});
 *     more is delayed, never lost. 0: any number
 */
public record IntakeLimits(
        DecodeLimits decode,
        int payload_bytes,
        int body_bytes,
        int quarantine_bytes,
        Duration maxLateness,
        Duration maxLead,
        int share_per_s) {

    /** What {@code docs/ingest.md} says. */
    public static final IntakeLimits DEFAULT = new IntakeLimits(
            DecodeLimits.DEFAULT, 1 << 20, 16 << 20, 1 << 20, Duration.ofHours(24), Duration.ofSeconds(60), 5_000);

    /** The same with another share. */
    public IntakeLimits withShare_per_s(int observations) {
        return new IntakeLimits(
                decode, payload_bytes, body_bytes, quarantine_bytes, maxLateness, maxLead, observations);
    }
}
