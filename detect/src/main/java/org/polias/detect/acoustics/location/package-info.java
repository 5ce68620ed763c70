// SPDX-License-Identifier: Apache-2.0
/**
 * Where a sound was made, from when it arrived at several microphones. {@link org.polias.detect.acoustics.location.Locator} is the
 * way in; {@code docs/location.md} explains the model and has what it was measured to do.
 */
@NullMarked
package org.polias.detect.acoustics.location;

import org.jspecify.annotations.NullMarked;
