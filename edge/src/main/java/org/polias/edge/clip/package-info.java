// SPDX-License-Identifier: Apache-2.0
/** Clips of sound, sealed where they are taken: only who holds the site's private key can listen to them. */
@NullMarked
package org.polias.edge.clip;

import org.jspecify.annotations.NullMarked;
