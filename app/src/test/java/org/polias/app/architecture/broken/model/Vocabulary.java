// SPDX-License-Identifier: Apache-2.0
package org.polias.app.architecture.broken.model;

/** What all of the broken house may see. */
public record Vocabulary(String word) {}
