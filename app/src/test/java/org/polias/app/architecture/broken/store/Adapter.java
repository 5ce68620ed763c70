// SPDX-License-Identifier: Apache-2.0
package org.polias.app.architecture.broken.store;

/** An adapter. */
public record Adapter() {}
