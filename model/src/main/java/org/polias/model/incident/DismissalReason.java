// SPDX-License-Identifier: Apache-2.0
package org.polias.model.incident;

/** Why an operator dismissed an incident. */
public enum DismissalReason {
    FALSE_ALARM,
    HARMLESS_CAUSE,
    PLANNED_ACTIVITY,
    SENSOR_FAULT,
    DUPLICATE,
    EXERCISE
}
