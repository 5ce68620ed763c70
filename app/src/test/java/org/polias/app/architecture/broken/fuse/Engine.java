// SPDX-License-Identifier: Apache-2.0
package org.polias.app.architecture.broken.fuse;

/** An engine. */
public record Engine() {}
