// SPDX-License-Identifier: Apache-2.0
/** What measurements share. */
@NullMarked
package org.polias.bench;

import org.jspecify.annotations.NullMarked;
