// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.mqtt;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

class PacketWatchProperties {

    @Property(tries = 200)
    void packetsAreCountedHoweverWhatIsReadIsCut(
            @ForAll @Size(max = 20) List<@IntRange(max = 20_000) Integer> lengths,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 30_000) Integer> cuts) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        lengths.forEach(length -> stream.writeBytes(RawClient.packet(0x30, new byte[length])));
        byte[] bytes = stream.toByteArray();
        Record record = new Record();
        EmbeddedChannel channel = new EmbeddedChannel(new PacketWatch(record));
        int at = 0;
        for (int i = 0; at < bytes.length; i++) {
            int length = Math.min(cuts.get(i % cuts.size()), bytes.length - at);
            channel.writeInbound(Unpooled.wrappedBuffer(bytes, at, length));
            at += length;
        }
        assertThat(record.lengths).isEqualTo(lengths);
        assertThat(record.ended).isEqualTo(lengths.size());
        assertThat(record.unfinished).isFalse();
        channel.finishAndReleaseAll();
    }

    @Property(tries = 200)
    void noBytesAreTooStrangeToWalkOver(@ForAll @Size(max = 300) byte[] bytes) {
        Record record = new Record();
        EmbeddedChannel channel = new EmbeddedChannel(new PacketWatch(record));
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        assertThat(record.ended).isBetween(0L, (long) bytes.length);
        channel.finishAndReleaseAll();
    }

    private static final class Record implements PacketWatch.Listener {
        private final List<Integer> lengths = new ArrayList<>();
        private long ended;
        private boolean unfinished;

        @Override
        public void begins(int length, long number) {
            lengths.add(length);
            assertThat(number).isEqualTo(lengths.size());
        }

        @Override
        public boolean holds() {
            return false;
        }

        @Override
        public void read(long count, boolean begun) {
            ended = count;
            unfinished = begun;
        }
    }
}
