// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import org.polias.model.admission.Reason;

/**
 * One item of a payload that was refused.
 *
 * @param index its place among the items of the payload, from 0
 */
public record Rejection(int index, Reason reason, String detail) {}
