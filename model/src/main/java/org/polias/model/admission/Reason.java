// SPDX-License-Identifier: Apache-2.0
package org.polias.model.admission;

import java.util.Arrays;
import java.util.Optional;

/** Why input was not taken in. The code is stable: it names the counter, stands in answers, and marks what is quarantined. */
public enum Reason {
    /** The payload is not of the form that its way in documents. */
    MALFORMED("malformed"),
    /** The payload is larger than is allowed. */
    OVERSIZED("oversized"),
    /** The phenomenon time lies further back than the datastream allows. */
    LATE("late"),
    /** The phenomenon time lies in the future by more than clocks differ. */
    FUTURE_DATED("future-dated"),
    /** No such datastream or sensor is registered. */
    UNKNOWN_SENSOR("unknown-sensor"),
    /** The observation was delivered before. */
    DUPLICATE("duplicate"),
    /** The result is not of the datastream's kind. */
    WRONG_RESULT("wrong-result"),
    /** The device may not write this datastream. */
    FORBIDDEN("forbidden"),
    /** The MQTT topic or HTTP path is none that takes input. */
    UNKNOWN_TOPIC("unknown-topic");

    private final String code;

    Reason(String code) {
        this.code = code;
    }

    /** The stable code. */
    public String code() {
        return code;
    }

    /** The reason with this code. */
    public static Optional<Reason> find(String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.code.equals(code))
                .findFirst();
    }
}
