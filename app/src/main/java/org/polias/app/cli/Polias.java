// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

@QuarkusMain
public final class Polias {
    public static void main(String[] args) {
        Quarkus.run(args);
    }
}
