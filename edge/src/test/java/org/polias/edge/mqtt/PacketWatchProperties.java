// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.mqtt;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

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
        AtomicLong ended = new AtomicLong();
        AtomicBoolean unfinished = new AtomicBoolean();
        EmbeddedChannel channel = new EmbeddedChannel(new PacketWatch((count, begun) -> {
            ended.set(count);
            unfinished.set(begun);
        }));
        int at = 0;
        for (int i = 0; at < bytes.length; i++) {
            int length = Math.min(cuts.get(i % cuts.size()), bytes.length - at);
            channel.writeInbound(Unpooled.wrappedBuffer(bytes, at, length));
            at += length;
        }
        assertThat(ended).hasValue(lengths.size());
        assertThat(unfinished).isFalse();
        channel.finishAndReleaseAll();
    }

    @Property(tries = 200)
    void noBytesAreTooStrangeToWalkOver(@ForAll @Size(max = 300) byte[] bytes) {
        EmbeddedChannel channel = new EmbeddedChannel(
                new PacketWatch((ended, unfinished) -> assertThat(ended).isBetween(0L, (long) bytes.length)));
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        channel.finishAndReleaseAll();
    }
}
