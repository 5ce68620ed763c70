// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Network addresses as texts. Private ones (RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291) mean another host at every site; those of
 * nobody (unspecified, loopback, multicast, broadcast) mean none.
 */
final class Addresses {

    private static final int OCTETS = 4;

    private Addresses() {}

    /** Whether it names a host at all. */
    static boolean isHost(String address) {
        int[] octets = octets(address);
        if (octets.length == OCTETS) {
            return octets[0] != 0 && octets[0] != 127 && octets[0] < 224;
        }
        String text = address.toLowerCase(Locale.ROOT);
        return text.indexOf(':') >= 0 && !text.equals("::") && !text.equals("::1") && !text.startsWith("ff");
    }

    /** Whether the same text names another host at another site. */
    static boolean isPrivate(String address) {
        int[] octets = octets(address);
        if (octets.length == OCTETS) {
            return octets[0] == 10
                    || octets[0] == 172 && octets[1] >= 16 && octets[1] < 32
                    || octets[0] == 192 && octets[1] == 168
                    || octets[0] == 100 && octets[1] >= 64 && octets[1] < 128
                    || octets[0] == 169 && octets[1] == 254;
        }
        String text = address.toLowerCase(Locale.ROOT);
        return text.startsWith("fc") || text.startsWith("fd") || text.startsWith("fe8");
    }

    /** The /24 of an IPv4 address, the /64 of an IPv6 address that is written out so far. */
    static Optional<String> findSegment(String address) {
        int[] octets = octets(address);
        if (octets.length == OCTETS) {
            return Optional.of(octets[0] + "." + octets[1] + '.' + octets[2] + ".0/24");
        }
        String[] groups = address.toLowerCase(Locale.ROOT).split(":");
        for (int i = 0; i < OCTETS; i++) {
            if (groups.length < OCTETS || groups[i].isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of("%s:%s:%s:%s::/64".formatted(groups[0], groups[1], groups[2], groups[3]));
    }

    /** Whether it is one of {@code known}, or in one of its IPv4 networks (CIDR). */
    static boolean isAmong(String address, Set<String> known) {
        if (known.contains(address)) {
            return true;
        }
        for (String network : known) {
            int slash = network.indexOf('/');
            if (slash > 0 && isIn(octets(address), octets(network.substring(0, slash)), network.substring(slash + 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(int[] address, int[] network, String bits) {
        if (address.length != OCTETS || network.length != OCTETS || !bits.matches("\\d{1,2}")) {
            return false;
        }
        int shift = Math.clamp(Integer.SIZE - Integer.parseInt(bits), 0, Integer.SIZE);
        return number(address) >>> shift == number(network) >>> shift;
    }

    private static long number(int[] octets) {
        return (long) octets[0] << 24 | octets[1] << 16 | octets[2] << 8 | octets[3];
    }

    /** The four octets of an IPv4 address; none if it is not one. */
    private static int[] octets(String address) {
        int[] octets = new int[OCTETS];
        int at = 0;
        int digits = 0;
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c >= '0' && c <= '9' && digits < 3) {
                octets[at] = octets[at] * 10 + c - '0';
                digits++;
            } else if (c == '.' && digits > 0 && at < OCTETS - 1) {
                at++;
                digits = 0;
            } else {
                return new int[0];
            }
            if (octets[at] > 255) {
                return new int[0];
            }
        }
        return at == OCTETS - 1 && digits > 0 ? octets : new int[0];
    }
}
