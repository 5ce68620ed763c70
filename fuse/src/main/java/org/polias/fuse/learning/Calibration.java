// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.learning;

import org.polias.model.detection.DetectionType;

/**
 * What verdicts say of one detector's claims of one type.
 *
 * @param verdicts how many incidents were judged
 * @param weight the sum of the claims' shares in them
 * @param confirmed the sum of the shares in those where something was there
 * @param expected the sum of the shares, each times what was predicted
 * @param correction what is added to its log-likelihood ratios, in nats
 */
public record Calibration(
        String detector,
        DetectionType type,
        int verdicts,
        double weight,
        double confirmed,
        double expected,
        double correction) {}
