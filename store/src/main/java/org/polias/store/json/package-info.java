// SPDX-License-Identifier: Apache-2.0
/** The vocabulary as JSON documents. */
@NullMarked
package org.polias.store.json;

import org.jspecify.annotations.NullMarked;
