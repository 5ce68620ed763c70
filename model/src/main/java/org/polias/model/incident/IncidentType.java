// SPDX-License-Identifier: Apache-2.0
package org.polias.model.incident;

/** What may be happening: the hypotheses that fusion weighs against each other and against "nothing that matters". */
public enum IncidentType {
    /** Shots or an explosion: an attack on people. */
    ARMED_ATTACK("armed-attack"),
    /** Loud but harmless: fireworks, thunder, works. */
    HARMLESS_NOISE("harmless-noise"),
    /** A crowd so dense that people may be crushed. */
    CROWD_CRUSH("crowd-crush"),
    /** A toxic gas that reaches people. */
    TOXIC_RELEASE("toxic-release"),
    /** Someone is where they may not be. */
    INTRUSION("intrusion"),
    /** An attack on networks or computers. */
    CYBER_ATTACK("cyber-attack"),
    /** Sensors are being blinded on purpose. */
    SABOTAGE("sabotage"),
    /** Something technical is out of its limits. */
    TECHNICAL_FAULT("technical-fault");

    private final String code;

    IncidentType(String code) {
        this.code = code;
    }

    /** The stable code. */
    public String code() {
        return code;
    }
}
