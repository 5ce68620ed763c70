// SPDX-License-Identifier: Apache-2.0
package org.polias.model.detection;

/**
 * Something that a detection is about and others may be about as well: what ties evidence together besides time and place.
 *
 * @param kind {@code asset}, {@code zone}, {@code sensor}, {@code gateway}, {@code ip}, {@code credential}, {@code signature}, ...
 * @param value the entity's name within its kind
 */
public record EntityRef(String kind, String value) {

    public static final String ASSET = "asset";
    public static final String ZONE = "zone";
    public static final String SENSOR = "sensor";
    public static final String GATEWAY = "gateway";
    public static final String IP = "ip";
    public static final String CREDENTIAL = "credential";
    public static final String SIGNATURE = "signature";
    public static final String TECHNIQUE = "technique";
}
