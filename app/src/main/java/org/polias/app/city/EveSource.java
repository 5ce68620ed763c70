// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.nio.file.Path;

import org.polias.model.id.DatastreamId;

/**
 * A file into which a network sensor on this machine writes, and that is to be followed.
 *
 * @param datastream the datastream whose observations the lines become
 * @param file the file as the city names it; a relative one lies in the data directory
 */
public record EveSource(DatastreamId datastream, Path file) {}
