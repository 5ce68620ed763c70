// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

/**
 * Where people are safe: whoever crosses its line, or enters its area, has left. A closed exit is not sought and not passed.
 *
 * @param place a line to cross or an area to reach (an assembly point, a bus stop)
 * @param service how many it takes
 */
public record Exit(String id, String level, Place place, Service service, Opening opening) {

    /** What has to be reached. */
    public sealed interface Place {
        /** A line to cross, either way. */
        record Line(Segment segment) implements Place {}

        /** An area to enter. */
        record Zone(Area area) implements Place {}
    }

    /** How many people an exit takes. Those whom it does not take yet wait before it. */
    public sealed interface Service {

        /** As many as come. */
        record Unlimited() implements Service {}

        /** At most so many in a second. */
        record Limit(double persons_per_s) implements Service {}

        /**
         * Vehicles that fill: one with {@code seats} places at {@code first_s} and then every {@code headway_s}; each stays until
         * the next comes.
         */
        record Vehicles(int seats, double first_s, double headway_s) implements Service {}
    }

    /** An exit that is always open and takes as many as cross its line. */
    public static Exit of(String id, String level, Segment line) {
        return new Exit(id, level, new Place.Line(line), new Service.Unlimited(), Opening.ALWAYS);
    }

    /** An exit that is always open and takes as many as enter its area. */
    public static Exit of(String id, String level, Area area) {
        return new Exit(id, level, new Place.Zone(area), new Service.Unlimited(), Opening.ALWAYS);
    }

    public Exit served(Service newService) {
        return new Exit(id, level, place, newService, opening);
    }

    public Exit open(Opening newOpening) {
        return new Exit(id, level, place, service, newOpening);
    }
}
