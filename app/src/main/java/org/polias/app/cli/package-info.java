// SPDX-License-Identifier: Apache-2.0
/**
 * The command line: one class for each verb. Verbs that start something inside the process get what they start from {@link
 * org.polias.app.cli.Actions}; all others are clients of a running platform and speak to it by its published API.
 */
@NullMarked
package org.polias.app.cli;

import org.jspecify.annotations.NullMarked;
