// SPDX-License-Identifier: Apache-2.0
/** What to do: playbook steps for an incident. */
@NullMarked
package org.polias.model.response;

import org.jspecify.annotations.NullMarked;
