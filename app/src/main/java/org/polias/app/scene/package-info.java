// SPDX-License-Identifier: Apache-2.0
/** Scenes from files, and what came of them into files: the formats of docs/evacuation.md. */
@NullMarked
package org.polias.app.scene;

import org.jspecify.annotations.NullMarked;
