// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

import org.polias.fuse.life.Case;

/** A list of cases during a step: the state's own until something is written, a copy of it from then on. */
final class CaseList extends AbstractList<Case> {

    private final List<Case> before;
    private List<Case> now;

    CaseList(List<Case> before) {
        this.before = before;
        now = before;
    }

    /** The list as the next state holds it. */
    List<Case> end() {
        return now == before ? before : List.copyOf(now);
    }

    @Override
    public Case get(int index) {
        return now.get(index);
    }

    @Override
    public int size() {
        return now.size();
    }

    @Override
    public Case set(int index, Case element) {
        return written().set(index, element);
    }

    @Override
    public void add(int index, Case element) {
        written().add(index, element);
    }

    @Override
    public Case remove(int index) {
        return written().remove(index);
    }

    private List<Case> written() {
        if (now == before) {
            now = new ArrayList<>(before);
        }
        return now;
    }
}
