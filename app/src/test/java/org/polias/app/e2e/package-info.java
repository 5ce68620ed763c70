// SPDX-License-Identifier: Apache-2.0
/** The whole platform from outside: as devices, as programs and as people with a browser meet it. */
@NullMarked
package org.polias.app.e2e;

import org.jspecify.annotations.NullMarked;
