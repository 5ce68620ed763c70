// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.flow;

import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.polias.simulate.api.Opening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.polias.simulate.flow.DynamicNetwork.SINK;

/** Networks whose T* can be worked out by hand: a way of travel time tau and capacity c brings N there by tau + N / c. */
class FlowOverTimeTest {

    private static final double ANY = Double.POSITIVE_INFINITY;

    private final DynamicNetwork network = new DynamicNetwork();

    @Test
    void s01_oneWayTakesItsTravelTimeAndTheQueue() {
        int start = network.addNode();
        network.addSource(start, 100, 0);
        add(start, SINK, 10, 2);
        assertThat(quickest(1)).isCloseTo(60, within(1e-9));
        assertThat(FlowOverTime.most(network, 1, 35)).isCloseTo(50, within(1e-9));
        assertThat(FlowOverTime.most(network, 1, 10)).isZero();
    }

    /** (N + sum c tau) / sum c, while that is longer than every travel time. */
    @Test
    void s02_twoWaysAreUsedUntilTheyEndTogether() {
        int start = network.addNode();
        network.addSource(start, 100, 0);
        add(start, SINK, 10, 2);
        add(start, SINK, 40, 3);
        assertThat(quickest(1)).isCloseTo((100 + 20 + 120) / 5.0, within(0.01));
    }

    @Test
    void s03_aWayThatIsTooLongIsNotUsed() {
        int start = network.addNode();
        network.addSource(start, 100, 0);
        add(start, SINK, 10, 2);
        add(start, SINK, 500, 100);
        assertThat(quickest(1)).isCloseTo(60, within(1e-9));
    }

    /** Ford and Fulkerson's kind of network: the middle arc is worth using only while the time is short. */
    @Test
    void s04_theDiamondWithABridge() {
        int s = network.addNode();
        int a = network.addNode();
        int b = network.addNode();
        network.addSource(s, 60, 0);
        add(s, a, 1, 2);
        add(s, b, 4, 1);
        add(a, b, 1, 1);
        add(a, SINK, 5, 1);
        add(b, SINK, 1, 2);
        // s-a-b-t: 3 s, 1/s; s-a-t: 6 s, 1/s; s-b-t: 5 s, 1/s: 60 = (T - 3) + (T - 6) + (T - 5).
        assertThat(quickest(1)).isCloseTo(74 / 3.0, within(0.01));
    }

    @Test
    void s05_twoCrowdsShareADoor() {
        int left = network.addNode();
        int right = network.addNode();
        int door = network.addNode();
        network.addSource(left, 40, 0);
        network.addSource(right, 60, 0);
        network.addWay(left, door, 5);
        network.addWay(right, door, 30);
        add(door, SINK, 0, 2);
        // 20 s for the left from 5 s on, a gap, then 30 s for the right from 30 s on.
        assertThat(quickest(1)).isCloseTo(60, within(1e-9));
    }

    @Test
    void s06_whoIsReleasedLateComesLate() {
        int start = network.addNode();
        network.addSource(start, 10, 100);
        add(start, SINK, 10, 2);
        assertThat(quickest(1)).isCloseTo(115, within(1e-9));
    }

    @Test
    void s07_aGateThatOpensLaterIsUsedFromThenOn() {
        int start = network.addNode();
        network.addSource(start, 100, 0);
        network.add(new DynamicNetwork.Arc(start, SINK, 0, 1, ANY, Opening.ALWAYS));
        network.add(new DynamicNetwork.Arc(start, SINK, 0, 3, ANY, Opening.from(40)));
        assertThat(quickest(1)).isCloseTo(55, within(1e-9));
    }

    @Test
    void s08_aBusTakesNoMoreThanItsSeats() {
        int start = network.addNode();
        network.addSource(start, 100, 0);
        network.add(new DynamicNetwork.Arc(start, SINK, 0, ANY, 60, Opening.from(20)));
        network.add(new DynamicNetwork.Arc(start, SINK, 0, ANY, 60, Opening.from(80)));
        assertThat(quickest(1)).isBetween(80.0, 81.0);
    }

    @Test
    void s09_withoutAWayThereIsNoEnd() {
        int start = network.addNode();
        network.addSource(start, 1, 0);
        assertThat(FlowOverTime.quickest_s(network, 1, 1000)).isEmpty();
        assertThat(FlowOverTime.earliestArrival(network, 1, 100)).isEmpty();
    }

    @Test
    void s10_aCoarserStepIsNeverAboveTheTruth() {
        int start = network.addNode();
        int middle = network.addNode();
        network.addSource(start, 1000, 0);
        add(start, middle, 17, 7);
        add(middle, SINK, 23, 6.5);
        double truth = 40 + 1000 / 6.5;
        for (double step : new double[] {0.5, 1, 2, 5, 10}) {
            assertThat(quickest(step)).isBetween(truth - 2.2 * step, truth + 1e-6);
        }
    }

    @Test
    void s11_theEarliestArrivalBringsAllAndFirstByTheShortWay() {
        int start = network.addNode();
        int far = network.addNode();
        network.addSource(start, 100, 0);
        network.addSource(far, 30, 0);
        int near = add(start, SINK, 10, 2);
        int detour = add(start, SINK, 40, 3);
        network.addWay(far, start, 20);
        List<FlowOverTime.Stream> streams = FlowOverTime.earliestArrival(network, 1, 80);
        assertThat(streams.stream()
                        .collect(Collectors.groupingBy(
                                FlowOverTime.Stream::source, Collectors.summingDouble(FlowOverTime.Stream::amount))))
                .satisfies(by -> {
                    assertThat(by.get(0)).isCloseTo(100, within(1e-6));
                    assertThat(by.get(1)).isCloseTo(30, within(1e-6));
                });
        double end = (130 + 20 + 120) / 5.0;
        assertThat(streams.stream().mapToDouble(FlowOverTime.Stream::arrived_s).max())
                .satisfies(last -> assertThat(last.orElseThrow()).isCloseTo(end, within(1.5)));
        assertThat(streams).filteredOn(each -> each.lastArc() == near).isNotEmpty();
        assertThat(streams).filteredOn(each -> each.lastArc() == detour).isNotEmpty();
        // Two a second from the tenth second on, five from the fortieth: no flow has more there at any moment.
        assertThat(streams.stream()
                        .filter(each -> each.arrived_s() <= 41)
                        .mapToDouble(FlowOverTime.Stream::amount)
                        .sum())
                .isBetween(60.0, 65.1);
    }

    private int add(int from, int to, double travel_s, double capacity_per_s) {
        return network.add(new DynamicNetwork.Arc(from, to, travel_s, capacity_per_s, ANY, Opening.ALWAYS));
    }

    private double quickest(double step_s) {
        return FlowOverTime.quickest_s(network, step_s, 5000).orElseThrow();
    }
}
