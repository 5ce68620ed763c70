// SPDX-License-Identifier: Apache-2.0
/** What an observation weighs: log-likelihood ratios from error models, and the tails of distributions behind them. */
@NullMarked
package org.polias.detect.likelihood;

import org.jspecify.annotations.NullMarked;
