// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import static org.assertj.core.api.Assertions.assertThat;

/** The state can be written down and read again by a plain mapper, and goes on as if nothing had happened. */
class StateAsJsonTest {

    private static final String STORY = """
            0    exercise drill
            1    health mic-2 SILENT
            2    claim IMPULSE_NOISE mic-1 5
            3    claim IMPULSE_NOISE mic-3 5
            4    claim IMPULSE_NOISE mic-far 1
            5    claim NETWORK_ALERT ids-1 3 ip=10.0.0.1
            6    claim GAS_LEVEL gas-1 5 begin
            7    dismiss B ana FALSE_ALARM
            8    acknowledge Z ana
            """;

    private final JsonMapper mapper = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    @Test
    void whatIsReadIsWhatWasWritten() throws Exception {
        Story story = Story.inTown();
        story.tell(STORY);
        assertThat(story.state().live()).hasSize(2);
        assertThat(story.state().tentative()).hasSize(1);
        assertThat(story.state().closed()).hasSize(1);
        String written = mapper.writeValueAsString(story.state());
        DefaultFusionState read = mapper.readValue(written, DefaultFusionState.class);
        assertThat(read).isEqualTo(story.state());
        assertThat(mapper.writeValueAsString(read)).isEqualTo(written);
    }

    @Test
    void aStateThatWasReadGoesOnLikeTheOneThatWasWritten() throws Exception {
        Story story = Story.inTown();
        story.tell(STORY);
        DefaultFusionState read = mapper.readValue(mapper.writeValueAsString(story.state()), DefaultFusionState.class);
        FusionInput next =
                new FusionInput.Claimed(Story.NOON.plusSeconds(9), story.detection("9 claim IMPULSE_NOISE mic-4 5"));
        DefaultFusion fusion = new DefaultFusion();
        assertThat(fusion.on(read, next)).isEqualTo(fusion.on(story.state(), next));
    }
}
