// SPDX-License-Identifier: Apache-2.0
package org.polias.model.place;

/**
 * An ellipse about a position.
 *
 * @param major_m the longer semi-axis
 * @param minor_m the shorter semi-axis
 * @param azimuth_deg the direction of the longer axis, clockwise from north, 0 to 180
 */
public record Ellipse(double major_m, double minor_m, double azimuth_deg) {}
