// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

/**
 * Something that is wrong with a scene or a scenario.
 *
 * @param kind a stable name for it
 * @param subject the id of what it is about; of the scene itself, its name
 * @param text what is wrong, with values, and advice on a new line
 */
public record Problem(Kind kind, String subject, String text) {

    /** What can be wrong, and whether one can go on. */
    public enum Kind {
        /** A number is not finite, or out of its range. */
        BAD_NUMBER(true),
        /** Two things have the same id. */
        DUPLICATE_ID(true),
        /** Something is named that is not there. */
        UNKNOWN_ID(true),
        /** There is no ground to walk on. */
        NOTHING_WALKABLE(true),
        /** There is no exit. */
        NO_EXIT(true),
        /** An exit is not on walkable ground. */
        EXIT_NOT_ON_GROUND(true),
        /** A door, exit or landing has no width. */
        NO_WIDTH(true),
        /** A door or landing is not on walkable ground. */
        NOT_ON_GROUND(true),
        /** A polygon crossed itself or had no area, and was mended or left out. */
        MENDED(false),
        /** An opening is narrower than a person. */
        TOO_NARROW(false),
        /** From some of the ground no exit can be reached. */
        CUT_OFF(false),
        /** More people than there is room for. */
        NO_ROOM(true),
        /** People were to stand where nobody can; they were moved to the nearest ground. */
        MOVED(false),
        /** People stand where no exit can be reached. */
        TRAPPED(false),
        /** More people, or more ground, than can be computed. */
        TOO_LARGE(true);

        private final boolean fatal;

        Kind(boolean fatal) {
            this.fatal = fatal;
        }

        /** Whether nothing sensible can be computed with it. */
        public boolean isFatal() {
            return fatal;
        }
    }
}
