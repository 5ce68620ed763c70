// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;

/**
 * Walks from packet to packet over what is read, before it is decoded. The decoder waits for more where a packet's fields reach
 * beyond the packet's end; it would wait until what follows has filled them, and nobody would be told. So it is counted here how
 * many packets have ended, and the connection is asked whether it has seen as many.
 */
final class PacketWatch extends ChannelDuplexHandler {

    /** The packet type, and a length of at most four bytes. */
    private static final int LONGEST_HEAD = 5;

    private static final int NONE = 0;
    private static final int WHOLE = -1;

    private final Listener listener;

    /** How many bytes of the present packet's head were read; {@link #NONE} between packets, {@link #WHOLE} after the head. */
    private int head = NONE;
    /** How long the present packet is after its head; as far as its head was read. */
    private int length;
    /** How many bytes of the present packet after its head are still to come. */
    private int left;

    private long ended;

    /** Told of packets before they are decoded, and after. */
    interface Listener {
        /**
         * The head of a packet was read; it has not been decoded yet.
         *
         * @param length how long the rest of it is
         * @param number how many packets will have ended with it
         */
        void begins(int length, long number);

        /** Whether the packet that has begun is to wait unread. */
        boolean holds();

        /**
         * What was read has been decoded.
         *
         * @param ended how many packets have ended since the connection began
         * @param unfinished whether another has begun
         */
        void read(long ended, boolean unfinished);
    }

    PacketWatch(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            walk(bytes);
        }
        context.fireChannelRead(message);
        listener.read(ended, head != NONE);
    }

    /** The decoder asks for more until it has a packet, also where nothing is to be read. */
    @Override
    public void read(ChannelHandlerContext context) {
        if (!listener.holds()) {
            context.read();
        }
    }

    private void walk(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (at < end) {
            if (left > 0) {
                int step = Math.min(left, end - at);
                left -= step;
                at += step;
            } else if (head == LONGEST_HEAD) {
                // No length has so many bytes; the decoder says so.
                return;
            } else {
                readHead(bytes.getByte(at));
                at++;
            }
            if (left == 0 && head == WHOLE) {
                ended++;
                head = NONE;
            }
        }
    }

    private void readHead(byte next) {
        if (head == NONE) {
            length = 0;
            head = 1;
            return;
        }
        length |= (next & 0x7f) << 7 * (head - 1);
        head++;
        if (next >= 0) {
            left = length;
            head = WHOLE;
            listener.begins(length, ended + 1);
        }
    }
}
