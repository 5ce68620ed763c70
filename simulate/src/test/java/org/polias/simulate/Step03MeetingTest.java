// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate;

import org.junit.jupiter.api.Test;
import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.api.Scenario;

import static org.assertj.core.api.Assertions.assertThat;

/** 3: some come the other way. */
class Step03MeetingTest {

    private static Scenario crossing(Sketch sketch) {
        Scenario scenario = sketch.scenario("a", a -> a.choosing(RouteChoice.to("E")));
        return new Scenario(
                scenario.populations().stream()
                        .map(each -> each.id().equals("b") ? each.choosing(RouteChoice.to("W")) : each)
                        .toList(),
                scenario.hazards(),
                scenario.threats(),
                scenario.areas(),
                scenario.cordons(),
                scenario.settings(),
                scenario.seed());
    }

    @Test
    void twoWhoMeetInACorridorPassEachOther() {
        Sketch sketch = Sketch.of("""
                W...............E
                W.a...........b.E
                """);
        assertThat(sketch.run(crossing(sketch), 120)).matches("E: a 1[1-5] s; W: b 1[1-5] s");
    }

    @Test
    void twoWhoMeetWhereThereIsRoomForOneSqueezePast() {
        Sketch sketch = Sketch.of("W.a...........b.E");
        assertThat(sketch.run(crossing(sketch), 120)).matches("E: a [1-3][0-9] s; W: b [1-3][0-9] s");
    }

    @Test
    void twoGroupsInACorridorPassThroughEachOther() {
        Sketch sketch = Sketch.of("""
                Waaaaaa.......bbbbbbE
                Waaaaaa.......bbbbbbE
                """);
        String told = sketch.run(crossing(sketch), 200);
        assertThat(told).doesNotContain("not out").contains("E: a").contains("W: b");
    }

    @Test
    void streamsThatCrossGoOn() {
        Sketch sketch = Sketch.of("""
                ######SSS######
                ######bbb######
                ######bbb######
                ######bbb######
                ###############
                """.replace("###############\n", "") + """
                .aaa..........E
                .aaa..........E
                .aaa..........E
                ######...######
                ######...######
                ######WWW######
                """);
        assertThat(sketch.run(crossing(sketch), 200)).doesNotContain("not out");
    }
}
