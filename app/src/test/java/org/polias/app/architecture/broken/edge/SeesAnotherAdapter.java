// SPDX-License-Identifier: Apache-2.0
package org.polias.app.architecture.broken.edge;

import org.polias.app.architecture.broken.store.Adapter;

/** Against the table. */
record SeesAnotherAdapter(Adapter adapter) {}
