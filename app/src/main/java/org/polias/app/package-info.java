// SPDX-License-Identifier: Apache-2.0
/** Composition: the one module that sees all others and joins them into a running platform. */
@NullMarked
package org.polias.app;

import org.jspecify.annotations.NullMarked;
