// SPDX-License-Identifier: Apache-2.0
/** Payloads that were refused, kept for a second try. */
@NullMarked
package org.polias.store.quarantine;

import org.jspecify.annotations.NullMarked;
