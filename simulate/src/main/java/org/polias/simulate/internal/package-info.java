// SPDX-License-Identifier: Apache-2.0
/** Hidden: what the api is made of. Nobody outside this module depends on it. */
@NullMarked
package org.polias.simulate.internal;

import org.jspecify.annotations.NullMarked;
