// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

/** Someone who was named by incidents that operators dismissed, and by how many of those that are remembered. */
public record Usual(LinkKey actor, int count) {}
