// SPDX-License-Identifier: Apache-2.0
package org.polias.model.observation;

/** What the sensor, or the edge, thinks of an observation. */
public enum Quality {
    /** Nothing speaks against it. */
    GOOD,
    /** The sensor doubts it, or its time is known only by its arrival. */
    UNCERTAIN,
    /** The sensor says that it is wrong; it is stored and weighs nothing. */
    BAD
}
