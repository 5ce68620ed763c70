// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

/** An area in which density, velocity and flow are measured, classically and by Voronoi cells. */
public record MeasurementArea(String id, String level, Area area) {}
