// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.media;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a microphone's sound can be fetched: {@code rtsp://}, {@code rtsps://}, {@code http://}, {@code https://}, or the path of an SDP file
 * (RFC 8866) that describes an RTP stream which is sent here.
 */
public final class StreamAddress {

    /** How it is fetched. */
    enum Kind {
        RTSP,
        HTTP,
        SDP
    }

    private final Kind kind;
    private final String text;
    private final String shown;

    private StreamAddress(Kind kind, String text, String shown) {
        this.kind = kind;
        this.text = text;
        this.shown = shown;
    }

    /** The address, if {@code text} is one. */
    public static Optional<StreamAddress> find(String text) {
        if (text.toLowerCase(Locale.ROOT).endsWith(".sdp") && !text.contains("://")) {
            return Optional.of(new StreamAddress(Kind.SDP, text, text));
        }
        try {
            URI uri = new URI(text);
            if (uri.getScheme() == null || uri.getHost() == null) {
                return Optional.empty();
            }
            String shown =
                    new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null).toString();
            return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
                case "rtsp", "rtsps" -> Optional.of(new StreamAddress(Kind.RTSP, text, shown));
                case "http", "https" -> Optional.of(new StreamAddress(Kind.HTTP, text, shown));
                default -> Optional.empty();
            };
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    Kind kind() {
        return kind;
    }

    /** With user and password, if it has them. */
    String text() {
        return text;
    }

    /** As people may see it: without user, password and query. */
    @Override
    public String toString() {
        return shown;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StreamAddress that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
