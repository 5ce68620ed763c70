// SPDX-License-Identifier: Apache-2.0
package org.polias.app.architecture.broken.detect;

import org.polias.app.architecture.broken.store.Adapter;

/** Against the table. */
record SeesAnAdapter(Adapter adapter) {}
