// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.transport;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells once when a link is lost, and once when it is back: a platform that restarts is no reason for a page of messages. */
final class LinkLog {

    private static final Logger LOG = System.getLogger("org.polias.pilots");

    private final String name;
    private final AtomicBoolean lost = new AtomicBoolean();

    LinkLog(String name) {
        this.name = name;
    }

    void lost(String why) {
        if (lost.compareAndSet(false, true)) {
            LOG.log(Level.INFO, "The gateway {0} has lost the platform ({1}); it buffers and tries again.", name, why);
        }
    }

    void back() {
        if (lost.compareAndSet(true, false)) {
            LOG.log(Level.INFO, "The gateway {0} has the platform again.", name);
        }
    }

    void refused(String what) {
        LOG.log(Level.WARNING, "The platform refused what the gateway {0} sent: {1}", name, what);
    }

    void unreliable(String what, Throwable cause) {
        LOG.log(Level.WARNING, "The gateway %s: %s".formatted(name, what), cause);
    }
}
