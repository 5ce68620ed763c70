// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.wire;

import org.polias.model.admission.Quarantined;
import org.polias.model.id.DeviceId;
import org.polias.model.id.TenantId;

/** The form of {@link Quarantined} payloads. */
public final class QuarantinedCodec implements Codec<Quarantined> {

    private static final String WHAT = "quarantined payload";
    private static final int QUARANTINED = 1;

    @Override
    public byte[] encode(Quarantined payload) {
        return new WireWriter(payload.payload().length + 256)
                .octet(VERSION)
                .octet(QUARANTINED)
                .text(payload.id())
                .text(payload.tenant().value())
                .text(payload.device().value())
                .instant(payload.receivedAt())
                .text(payload.way())
                .text(payload.address())
                .text(payload.reason().code())
                .text(payload.detail())
                .bytes(payload.payload())
                .truth(payload.truncated())
                .toBytes();
    }

    @Override
    public Quarantined decode(byte[] bytes) {
        return Ids.decode(bytes, WHAT, in -> {
            int tag = Ids.readTag(in, WHAT);
            if (tag != QUARANTINED) {
                throw Ids.unknownTag(WHAT, tag);
            }
            Quarantined payload = new Quarantined(
                    in.text(),
                    new TenantId(in.text()),
                    new DeviceId(in.text()),
                    in.instant(),
                    in.text(),
                    in.text(),
                    SiteOutcomeCodec.readReason(in),
                    in.text(),
                    in.bytes(),
                    in.truth());
            in.end();
            return payload;
        });
    }
}
