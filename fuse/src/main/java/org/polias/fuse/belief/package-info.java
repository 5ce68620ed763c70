// SPDX-License-Identifier: Apache-2.0
/** What a detection weighs for each hypothesis: priors, likelihoods, common cause, the ledger and its sum. */
@NullMarked
package org.polias.fuse.belief;

import org.jspecify.annotations.NullMarked;
