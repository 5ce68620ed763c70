// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.topology;

import java.time.InstantSource;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.polias.fuse.Fusion;
import org.polias.model.port.EventLog;
import org.polias.stream.fold.Faults;
import org.polias.stream.log.Topic;

/** The one topology: site events in, outcomes (and what is corrupt) out, the folds in between. */
final class FoldTopology {

    private FoldTopology() {}

    static Topology build(
            Fusion<?> fusion,
            FoldProcessor.Pace pace,
            EventLog log,
            InstantSource wallClock,
            Faults faults,
            FoldCounters counters) {
        ByteArraySerializer serializer = new ByteArraySerializer();
        ByteArrayDeserializer deserializer = new ByteArrayDeserializer();
        Topology topology = new Topology();
        topology.addSource("site-events", deserializer, deserializer, Topic.SITE_EVENTS.name());
        FoldStores stores = new FoldStores(fusion, faults, counters);
        topology.addProcessor(
                "site-folds", () -> new FoldProcessor(pace, log, wallClock, counters, stores), "site-events");
        topology.addStateStore(stores.snapshots(), "site-folds");
        topology.addStateStore(stores.moved(), "site-folds");
        topology.addSink(FoldProcessor.OUTCOMES, Topic.OUTCOMES.name(), serializer, serializer, "site-folds");
        topology.addSink(FoldProcessor.QUARANTINE, Topic.QUARANTINE.name(), serializer, serializer, "site-folds");
        return topology;
    }
}
