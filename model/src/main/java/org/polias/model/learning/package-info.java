// SPDX-License-Identifier: Apache-2.0
/** What is learned from operators' verdicts, written down so that it can be audited. */
@NullMarked
package org.polias.model.learning;

import org.jspecify.annotations.NullMarked;
