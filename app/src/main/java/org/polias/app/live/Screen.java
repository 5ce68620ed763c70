// SPDX-License-Identifier: Apache-2.0
package org.polias.app.live;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * One connected screen. What it has to be told waits here, at most one message for each thing it is about, so that a slow screen
 * misses intermediate values and never the latest, and holds up nobody.
 */
final class Screen {

    private final Function<LiveMessage, CompletionStage<Void>> send;
    private final Map<Object, LiveMessage> waiting = new LinkedHashMap<>();
    private boolean sending;
    private boolean closed;

    Screen(Function<LiveMessage, CompletionStage<Void>> send) {
        this.send = send;
    }

    /** Tells the screen, at once if nothing is on its way to it. A message about the same thing that still waits is replaced. */
    void tell(LiveMessage message) {
        synchronized (this) {
            if (closed) {
                return;
            }
            waiting.merge(subject(message), message, Screen::join);
            if (sending) {
                return;
            }
            sending = true;
        }
        sendNext();
    }

    synchronized void close() {
        closed = true;
        waiting.clear();
    }

    private void sendNext() {
        LiveMessage next = takeNext();
        if (next != null) {
            send.apply(next).whenComplete((done, failure) -> {
                if (failure == null) {
                    sendNext();
                } else {
                    // The connection is going down; its close handler removes this screen.
                    close();
                }
            });
        }
    }

    private synchronized @Nullable LiveMessage takeNext() {
        var first = waiting.entrySet().iterator();
        if (closed || !first.hasNext()) {
            sending = false;
            return null;
        }
        LiveMessage next = first.next().getValue();
        first.remove();
        return next;
    }

    private static Object subject(LiveMessage message) {
        return switch (message) {
            case LiveMessage.State ignored -> LiveMessage.State.class;
            case LiveMessage.IncidentChanged changed -> changed.incident().id();
            case LiveMessage.CampaignChanged changed ->
                "campaign/" + changed.campaign().id();
            case LiveMessage.Readings ignored -> LiveMessage.Readings.class;
            case LiveMessage.HealthChanged changed -> "health/" + changed.datastream();
            case LiveMessage.ExerciseChanged ignored -> LiveMessage.ExerciseChanged.class;
            case LiveMessage.Stats ignored -> LiveMessage.Stats.class;
        };
    }

    private static LiveMessage join(LiveMessage earlier, LiveMessage later) {
        if (earlier instanceof LiveMessage.Readings before && later instanceof LiveMessage.Readings after) {
            Map<String, Object[]> both = new LinkedHashMap<>(before.readings());
            both.putAll(after.readings());
            return new LiveMessage.Readings(both);
        }
        return later;
    }
}
