// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.cyber;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.polias.detect.Watched;
import org.polias.detect.settings.SiteIndex;
import org.polias.model.city.Asset;

/** Which asset has which network address. The longest prefix wins, then the asset's id. */
final class AddressBook {

    private static final int IPV4_OFFSET = 96;
    private static final int ALL_BITS = 128;

    /** The assets with a prefix of this length, by network. */
    private record Prefix(int bits, Map<IpAddress, Watched> networks) {}

    private final List<Prefix> longestFirst;

    private AddressBook(List<Prefix> longestFirst) {
        this.longestFirst = longestFirst;
    }

    /** The book of a site's assets; addresses that cannot be read are left out. */
    static AddressBook of(SiteIndex site) {
        Map<Integer, Map<IpAddress, Watched>> byBits = new HashMap<>();
        List<Asset> assets = new ArrayList<>(site.definition().assets());
        assets.sort(Comparator.comparing(Asset::id));
        for (Asset asset : assets) {
            Watched watched = site.watch(asset);
            for (String text : asset.addresses()) {
                bitsOf(text).ifPresent(bits -> networkOf(text)
                        .ifPresent(address -> byBits.computeIfAbsent(bits, b -> new HashMap<>())
                                .putIfAbsent(address.masked(bits), watched)));
            }
        }
        return new AddressBook(byBits.entrySet().stream()
                .map(entry -> new Prefix(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt(Prefix::bits).reversed())
                .toList());
    }

    /** The asset that has this address. */
    Optional<Watched> find(String text) {
        if (longestFirst.isEmpty()) {
            return Optional.empty();
        }
        Optional<IpAddress> address = IpAddress.parse(text);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        for (Prefix prefix : longestFirst) {
            Watched watched = prefix.networks.get(address.get().masked(prefix.bits));
            if (watched != null) {
                return Optional.of(watched);
            }
        }
        return Optional.empty();
    }

    /** Whether {@code text} is an address, or a network in CIDR notation. */
    static boolean isReadable(String text) {
        return bitsOf(text).isPresent();
    }

    private static Optional<IpAddress> networkOf(String text) {
        int slash = text.indexOf('/');
        return IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    }

    private static Optional<Integer> bitsOf(String text) {
        Optional<IpAddress> address = networkOf(text);
        int slash = text.indexOf('/');
        if (address.isEmpty() || slash < 0) {
            return address.map(a -> ALL_BITS);
        }
        String length = text.substring(slash + 1);
        if (length.isEmpty() || length.length() > 3 || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        // "::ffff:10.0.0.0/104" is written as IPv6 and counts its bits from the start.
        boolean dotted = text.indexOf(':') < 0;
        int bits = Integer.parseInt(length) + (dotted ? IPV4_OFFSET : 0);
        return bits <= ALL_BITS ? Optional.of(bits) : Optional.empty();
    }
}
