// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.util.Arrays;
import java.util.Locale;

/**
 * Something that incidents may have in common.
 *
 * @param site the site within which the name means something; empty where it means the same in the whole city
 * @param value its name
 */
public record LinkKey(Kind kind, String site, String value) implements Comparable<LinkKey> {

    /** What it is. */
    public enum Kind {
        /** A public network address that is no asset's of the city. */
        ADDRESS,
        /** A card, account or other credential. */
        CREDENTIAL,
        /** A vehicle, by its plate. */
        VEHICLE,
        /** A portable device, by whatever names it: a radio's or a phone's own identifier. */
        DEVICE,
        /** A host inside: a private address, or that of one of the site's own assets. */
        HOST,
        /** A part of a network: a /24 of IPv4, a /64 of IPv6, or what the integrator calls one. */
        SEGMENT,
        /** What connects sensors. */
        GATEWAY,
        /** Something worth protecting. */
        ASSET,
        /** A part of the site. */
        ZONE,
        /** What a network sensor calls an attack. */
        SIGNATURE,
        /** A technique of MITRE ATT&CK. */
        TECHNIQUE,
        /** What it most probably is. */
        TYPE,
        /** The site itself. */
        SITE;

        private static final String[] CODES = Arrays.stream(values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);

        /** Whether incidents that have it in common are compared for that alone. */
        boolean leadsToOthers() {
            return switch (this) {
                case ADDRESS, CREDENTIAL, VEHICLE, DEVICE, HOST, SEGMENT, ASSET, TYPE, SITE -> true;
                case GATEWAY, ZONE, SIGNATURE, TECHNIQUE -> false;
            };
        }

        /** Whether it names who acts, so that what was dismissed with it tells that it is a usual visitor. */
        boolean namesAnActor() {
            return switch (this) {
                case ADDRESS, CREDENTIAL, VEHICLE, DEVICE -> true;
                case HOST, SEGMENT, GATEWAY, ASSET, ZONE, SIGNATURE, TECHNIQUE, TYPE, SITE -> false;
            };
        }

        /** Its stable code in the keys of a ledger's lines. */
        String code() {
            return CODES[ordinal()];
        }

        /** As it is called within a sentence. */
        String noun() {
            return switch (this) {
                case SEGMENT -> "network segment";
                case HOST -> "internal address";
                case ADDRESS, CREDENTIAL, VEHICLE, DEVICE, GATEWAY, ASSET, ZONE, SIGNATURE, TECHNIQUE, TYPE, SITE ->
                    name().toLowerCase(Locale.ROOT);
            };
        }
    }

    /** Of the whole city. */
    static LinkKey of(Kind kind, String value) {
        return new LinkKey(kind, "", value);
    }

    @Override
    public int compareTo(LinkKey other) {
        int byKind = kind.compareTo(other.kind);
        if (byKind != 0) {
            return byKind;
        }
        int byValue = value.compareTo(other.value);
        return byValue != 0 ? byValue : site.compareTo(other.site);
    }
}
