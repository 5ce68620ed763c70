// SPDX-License-Identifier: Apache-2.0
/** What is true now, and its way to the screens. */
@NullMarked
package org.polias.app.live;

import org.jspecify.annotations.NullMarked;
