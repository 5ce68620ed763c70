// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.polias.model.city.Asset;

/**
 * A network sensor beside a site's network: flows and name look-ups between the site's own addresses and a few services, its
 * counters every minute, and about once an hour a harmless remark of the lowest severity.
 */
final class NetworkChannel implements Channel {

    private static final long SLOT_MS = 2_000;
    private static final long SLOTS_PER_STATS = 30;
    private static final long SLOTS_PER_REMARK = 1_800;
    private static final List<String> NAMES =
            List.of("time.city.example", "updates.vendor.example", "tickets.club.example", "mail.city.example");
    private static final List<String> SERVICES = List.of("10.1.0.53", "10.1.0.123", "10.1.0.20");

    private final Places.Post post;
    private final Noise noise;
    private final List<String> hosts;

    NetworkChannel(Places.Post post, Noise noise) {
        this.post = post;
        this.noise = noise;
        List<String> known = new ArrayList<>();
        for (Asset asset : post.site().assets()) {
            for (String address : asset.addresses()) {
                addHosts(address, known);
            }
        }
        this.hosts = known.isEmpty() ? List.of("192.0.2.10", "192.0.2.11") : List.copyOf(known);
    }

    private static void addHosts(String address, List<String> hosts) {
        int slash = address.indexOf('/');
        if (slash < 0) {
            hosts.add(address);
            return;
        }
        int lastDot = address.lastIndexOf('.', slash);
        if (address.endsWith("/24") && lastDot > 0) {
            for (int host = 21; host <= 28; host++) {
                hosts.add(address.substring(0, lastDot + 1) + host);
            }
        }
    }

    @Override
    public void emit(World.Moments moments, Calm.People people, Optional<Stage> stage, Consumer<Emission> out) {
        long first = Math.floorDiv(moments.from_ms(), SLOT_MS);
        for (long slot = first; slot * SLOT_MS < moments.to_ms(); slot++) {
            double t_ms = slot * SLOT_MS + noise.named("when").uniform(slot) * SLOT_MS;
            boolean lost = stage.isPresent() && stage.get().isLost(post.thing().gateway(), t_ms / 1000);
            if (moments.contain((long) t_ms) && !lost) {
                Instant time = Instant.ofEpochMilli((long) t_ms);
                out.accept(new Emission.NetworkLine(post.stream().id(), time, line(slot, time)));
            }
        }
        stage.ifPresent(playing -> alerts(moments, playing, out));
    }

    private String line(long slot, Instant time) {
        if (Math.floorMod(slot, SLOTS_PER_STATS) == 0) {
            long uptime_s = Math.floorMod(slot, 86_400 / 2) * 2;
            return EveLines.stats(time, uptime_s, uptime_s * 410, uptime_s * 188_000);
        }
        String host = hosts.get(noise.named("host").below(slot, hosts.size()));
        String service = SERVICES.get(noise.named("service").below(slot, SERVICES.size()));
        int port = 32_768 + noise.named("port").below(slot, 28_000);
        if (Math.floorMod(slot, SLOTS_PER_REMARK) == remarkSlot()) {
            EveLines.Flow flow = new EveLines.Flow(flowId(slot), host, port, service, 443, "TCP");
            return EveLines.alert(time, flow, "tls", Signature.OLD_TLS);
        }
        if (noise.named("dns").uniform(slot) < 0.35) {
            EveLines.Flow flow = new EveLines.Flow(flowId(slot), host, port, SERVICES.getFirst(), 53, "UDP");
            return EveLines.dns(time, flow, NAMES.get(noise.named("name").below(slot, NAMES.size())), port % 0x10000);
        }
        EveLines.Flow flow = new EveLines.Flow(flowId(slot), host, port, service, 443, "TCP");
        return EveLines.flow(
                time,
                flow,
                "tls",
                900 + noise.named("bytes").below(slot, 60_000),
                1 + noise.named("age").below(slot, 40));
    }

    /** In which slot of the hour the remark falls: never one in which the counters are told. */
    private long remarkSlot() {
        Noise when = noise.named("remark");
        return when.below(0, (int) (SLOTS_PER_REMARK / SLOTS_PER_STATS)) * SLOTS_PER_STATS
                + 1
                + when.below(1, (int) SLOTS_PER_STATS - 1);
    }

    private void alerts(World.Moments moments, Stage stage, Consumer<Emission> out) {
        List<Script.AlertCue> cues = stage.script().alertCues();
        for (int i = 0; i < cues.size(); i++) {
            Script.AlertCue cue = cues.get(i);
            double t_s = stage.begun_s() + cue.at_s();
            long t_ms = (long) (t_s * 1000);
            if (cue.datastream().equals(post.id())
                    && stage.plays(t_s)
                    && moments.contain(t_ms)
                    && !stage.isLost(post.thing().gateway(), t_s)) {
                EveLines.Flow flow = new EveLines.Flow(
                        flowId(t_ms * 31 + i),
                        cue.source(),
                        40_000 + i,
                        cue.destination(),
                        cue.destinationPort(),
                        "TCP");
                Instant time = Instant.ofEpochMilli(t_ms);
                out.accept(new Emission.NetworkLine(
                        post.stream().id(),
                        time,
                        EveLines.alert(time, flow, application(cue.destinationPort()), cue.signature())));
            }
        }
    }

    private long flowId(long index) {
        return 100_000_000_000_000L + (long) (noise.named("flow").uniform(index) * 2_000_000_000_000_000L);
    }

    private static String application(int port) {
        return switch (port) {
            case 80 -> "http";
            case 443 -> "tls";
            case 502 -> "modbus";
            case 554 -> "rtsp";
            default -> "failed";
        };
    }
}
