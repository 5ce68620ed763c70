// SPDX-License-Identifier: Apache-2.0
package org.polias.app.architecture.broken.detect;

import org.polias.app.architecture.broken.fuse.Engine;

/** Against the table. */
record SeesAnotherEngine(Engine engine) {}
