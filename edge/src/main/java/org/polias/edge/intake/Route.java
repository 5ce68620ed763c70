// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import java.util.Optional;

/**
 * What an MQTT topic or HTTP path takes, as {@code docs/ingest.md} lists them.
 *
 * @param datastream the datastream that it names, where it names one
 */
public record Route(Form form, Optional<String> datastream) {

    private static final String OBSERVATIONS = "v1.1/Observations";
    private static final String CREATE_OBSERVATIONS = "v1.1/CreateObservations";
    private static final String OF_DATASTREAM = "v1.1/Datastreams(";
    private static final String OF_DATASTREAM_END = ")/Observations";
    private static final String AUDIO_END = ")/Audio";
    private static final String EVE = "v1/eve/";
    private static final String EVENTS = "v1/events/";

    /** The form of the payloads. */
    public enum Form {
        /** A SensorThings observation or an array of them. */
        OBSERVATIONS,
        /** SensorThings CreateObservations. */
        DATA_ARRAYS,
        /** Suricata's EVE lines. */
        EVE,
        /** Events of other systems. */
        EVENTS,
        /** Sound: it is listened to, and what is heard are the observations. */
        AUDIO
    }

    /** Finds the route of an MQTT topic or HTTP path, with or without a slash before it. */
    public static Optional<Route> find(String address) {
        String path = address.startsWith("/") ? address.substring(1) : address;
        if (path.startsWith(OF_DATASTREAM) && path.endsWith(OF_DATASTREAM_END)) {
            return named(Form.OBSERVATIONS, between(path, OF_DATASTREAM_END));
        }
        if (path.startsWith(OF_DATASTREAM) && path.endsWith(AUDIO_END)) {
            return named(Form.AUDIO, between(path, AUDIO_END));
        }
        if (path.equals(OBSERVATIONS)) {
            return Optional.of(new Route(Form.OBSERVATIONS, Optional.empty()));
        }
        if (path.equals(CREATE_OBSERVATIONS)) {
            return Optional.of(new Route(Form.DATA_ARRAYS, Optional.empty()));
        }
        if (path.startsWith(EVE)) {
            return named(Form.EVE, path.substring(EVE.length()));
        }
        return path.startsWith(EVENTS) ? named(Form.EVENTS, path.substring(EVENTS.length())) : Optional.empty();
    }

    private static Optional<Route> named(Form form, String datastream) {
        return datastream.isEmpty() || datastream.indexOf('/') >= 0
                ? Optional.empty()
                : Optional.of(new Route(form, Optional.of(datastream)));
    }

    private static String between(String path, String end) {
        return unquoted(path.substring(OF_DATASTREAM.length(), path.length() - end.length()));
    }

    private static String unquoted(String id) {
        return id.length() >= 2 && id.charAt(0) == '\'' && id.charAt(id.length() - 1) == '\''
                ? id.substring(1, id.length() - 1)
                : id;
    }
}
