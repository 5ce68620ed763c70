// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.transport;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OutboxTest {

    @Test
    void whatIsPutBackComesFirstAndInOrder() {
        Outbox<Integer> outbox = new Outbox<>(10);
        for (int i = 1; i <= 5; i++) {
            outbox.add(i);
        }

        outbox.putBack(outbox.take(3));

        assertThat(outbox.take(10)).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void whenItIsFullTheOldestGo() {
        Outbox<Integer> outbox = new Outbox<>(3);
        outbox.add(3);
        outbox.add(4);
        outbox.putBack(List.of(1, 2));

        assertThat(outbox.take(10)).containsExactly(2, 3, 4);
        assertThat(outbox.forgotten()).isEqualTo(1);
    }
}
