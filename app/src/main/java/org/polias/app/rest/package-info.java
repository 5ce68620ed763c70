// SPDX-License-Identifier: Apache-2.0
/** The API over HTTP. */
@NullMarked
package org.polias.app.rest;

import org.jspecify.annotations.NullMarked;
