// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

/** A line at which passers are counted, from left to right and from right to left. */
public record Cordon(String id, String level, Segment line) {}
