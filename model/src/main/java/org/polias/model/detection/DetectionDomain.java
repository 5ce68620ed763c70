// SPDX-License-Identifier: Apache-2.0
package org.polias.model.detection;

/** The field from which a type of detection comes. */
public enum DetectionDomain {
    ACOUSTIC,
    CROWD,
    CHEMICAL,
    ACCESS,
    CYBER,
    ENVIRONMENT,
    /** The state of the sensors themselves. */
    HEALTH
}
