// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.broker;

/** What a record that was acknowledged survives. */
public enum Durability {
    /** The loss of power: every append is forced to the disk before it is acknowledged. */
    POWER,
    /** The death of the process ({@code kill -9}), but not of the machine: the operating system writes in its own time. */
    PROCESS
}
