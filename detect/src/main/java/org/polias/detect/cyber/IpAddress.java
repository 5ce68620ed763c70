// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.cyber;

import java.util.Optional;

/**
 * An IP address, read without regular expressions and without asking any name service.
 *
 * @param high the upper 64 bits of the 128; an IPv4 address a.b.c.d is ::ffff:a.b.c.d (RFC 4291, 2.5.5.2)
 * @param low the lower 64 bits
 */
record IpAddress(long high, long low) {

    private static final long IPV4_MAPPED = 0xffffL << 32;

    /** Reads dotted IPv4 or any form of IPv6 (RFC 4291, 2.2). */
    static Optional<IpAddress> parse(String text) {
        if (text.indexOf(':') < 0) {
            long value = ipv4(text, 0);
            return value < 0 ? Optional.empty() : Optional.of(new IpAddress(0, IPV4_MAPPED | value));
        }
        return ipv6(text);
    }

    /** The usual short form (RFC 5952), by which one address is written in one way. */
    String text() {
        if (high == 0 && low >>> 32 == 0xffff) {
            return (low >>> 24 & 0xff) + "." + (low >>> 16 & 0xff) + "." + (low >>> 8 & 0xff) + "." + (low & 0xff);
        }
        int longest = -1;
        int length = 1;
        for (int start = 0; start < 8; start++) {
            int end = start;
            while (end < 8 && word(end) == 0) {
                end++;
            }
            if (end - start > length) {
                longest = start;
                length = end - start;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == longest) {
                text.append("::");
                i += length - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Long.toHexString(word(i)));
            }
        }
        return text.toString();
    }

    private long word(int index) {
        return (index < 4 ? high >>> 16 * (3 - index) : low >>> 16 * (7 - index)) & 0xffff;
    }

    /** The address with all but the first {@code bits} of its 128 cleared. */
    IpAddress masked(int bits) {
        return new IpAddress(high & mask(Math.min(bits, Long.SIZE)), low & mask(Math.max(0, bits - Long.SIZE)));
    }

    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (Long.SIZE - bits);
    }

    /** The 32 bits of a dotted address that fills {@code text} from {@code start}, or -1. */
    private static long ipv4(String text, int start) {
        long value = 0;
        int part = -1;
        int parts = 0;
        for (int i = start; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == '.') {
                if (part < 0 || ++parts > 4) {
                    return -1;
                }
                value = value << 8 | part;
                part = -1;
            } else {
                int digit = text.charAt(i) - '0';
                part = Math.max(part, 0) * 10 + digit;
                if (digit < 0 || digit > 9 || part > 255) {
                    return -1;
                }
            }
        }
        return parts == 4 ? value : -1;
    }

    private static Optional<IpAddress> ipv6(String text) {
        long[] words = new long[8];
        int count = 0;
        int gap = -1;
        int i = 0;
        if (text.startsWith("::")) {
            gap = 0;
            i = 2;
        }
        while (i < text.length()) {
            int end = i;
            long word = 0;
            while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0 && text.charAt(end) < 128) {
                word = word << 4 | Character.digit(text.charAt(end), 16);
                end++;
            }
            if (end < text.length() && text.charAt(end) == '.') {
                long tail = ipv4(text, i);
                if (tail < 0 || count > 6) {
                    return Optional.empty();
                }
                words[count++] = tail >>> 16;
                words[count++] = tail & 0xffff;
                i = text.length();
                continue;
            }
            if (end == i || end - i > 4 || count == 8) {
                return Optional.empty();
            }
            words[count++] = word;
            if (end == text.length()) {
                i = end;
            } else if (text.charAt(end) != ':' || end + 1 == text.length()) {
                return Optional.empty();
            } else if (text.charAt(end + 1) == ':') {
                if (gap >= 0) {
                    return Optional.empty();
                }
                gap = count;
                i = end + 2;
            } else {
                i = end + 1;
            }
        }
        if (gap < 0 ? count != 8 : count > 7) {
            return Optional.empty();
        }
        long high = 0;
        long low = 0;
        for (int w = 0; w < 8; w++) {
            int from = gap < 0 || w < gap ? w : w - (8 - count);
            long word = gap >= 0 && w >= gap && from < gap ? 0 : words[from];
            if (w < 4) {
                high = high << 16 | word;
            } else {
                low = low << 16 | word;
            }
        }
        return Optional.of(new IpAddress(high, low));
    }
}
