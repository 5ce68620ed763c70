// SPDX-License-Identifier: Apache-2.0
package org.polias.model.event;

/** The state of a datastream. */
public enum Health {
    /** It has not reported since the platform knows it. */
    UNHEARD,
    OK,
    SILENT,
    STUCK,
    IMPLAUSIBLE
}
