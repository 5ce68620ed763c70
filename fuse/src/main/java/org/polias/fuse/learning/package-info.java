// SPDX-License-Identifier: Apache-2.0
/** What operators' verdicts teach of detectors: bounded, audited and reversible. */
@NullMarked
package org.polias.fuse.learning;

import org.jspecify.annotations.NullMarked;
