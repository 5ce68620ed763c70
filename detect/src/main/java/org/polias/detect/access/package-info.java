// SPDX-License-Identifier: Apache-2.0
/** Doors, gates and the credentials shown at them. */
@NullMarked
package org.polias.detect.access;

import org.jspecify.annotations.NullMarked;
