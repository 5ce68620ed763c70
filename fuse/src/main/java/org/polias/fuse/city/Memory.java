// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.polias.model.id.IncidentId;

/** What is remembered of incidents that no longer count, as it is while a step is taken; copied only where it changes. */
final class Memory {

    private static final Comparator<Closed> OLDEST_FIRST =
            Comparator.comparing(Closed::closedAt).thenComparing(Closed::id);

    private List<Closed> closed;
    private List<Usual> usual;

    Memory(List<Closed> closed, List<Usual> usual) {
        this.closed = closed;
        this.usual = usual;
    }

    List<Closed> closed() {
        return closed;
    }

    List<Usual> usual() {
        return usual;
    }

    int size() {
        return closed.size();
    }

    Optional<Closed> find(IncidentId id) {
        int place = indexOf(id);
        return place < 0 ? Optional.empty() : Optional.of(closed.get(place));
    }

    Closed oldest() {
        return closed.stream().min(OLDEST_FIRST).orElseThrow();
    }

    /** What was closed at {@code until} or before, the oldest first. */
    List<Closed> listClosedUntil(Instant until) {
        List<Closed> old = new ArrayList<>();
        for (Closed one : closed) {
            if (!one.closedAt().isAfter(until)) {
                old.add(one);
            }
        }
        old.sort(OLDEST_FIRST);
        return old;
    }

    /** In how many of the dismissed incidents {@code actor} was named. */
    int dismissals(LinkKey actor) {
        int place = indexOf(actor);
        return place < 0 ? 0 : usual.get(place).count();
    }

    void add(Closed one) {
        List<Closed> more = new ArrayList<>(closed.size() + 1);
        more.addAll(closed);
        more.add(-indexOf(one.id()) - 1, one);
        closed = more;
        one.actors().forEach(actor -> count(actor, 1));
    }

    void remove(Closed one) {
        List<Closed> fewer = new ArrayList<>(closed);
        fewer.remove(indexOf(one.id()));
        closed = fewer;
        one.actors().forEach(actor -> count(actor, -1));
    }

    private void count(LinkKey actor, int more) {
        List<Usual> changed = new ArrayList<>(usual);
        int place = indexOf(actor);
        int count = more + (place < 0 ? 0 : usual.get(place).count());
        if (place < 0) {
            changed.add(-place - 1, new Usual(actor, count));
        } else if (count == 0) {
            changed.remove(place);
        } else {
            changed.set(place, new Usual(actor, count));
        }
        usual = changed;
    }

    private int indexOf(IncidentId id) {
        int low = 0;
        int high = closed.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = closed.get(middle).id().compareTo(id);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -low - 1;
    }

    private int indexOf(LinkKey actor) {
        int low = 0;
        int high = usual.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = usual.get(middle).actor().compareTo(actor);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -low - 1;
    }
}
