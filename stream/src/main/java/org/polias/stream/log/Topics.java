// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.polias.stream.broker.EmbeddedBroker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the topics that are missing.
 *
 * @param partitions of each topic; sites are spread over them, so more than there are sites or processors is of no use
 * @param replication copies of each partition; absent: as the cluster has it by default
 * @param retention how long records are kept
 */
public record Topics(int partitions, Optional<Short> replication, Duration retention) {

    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String RETENTION = "retention.ms";
    private static final long SEGMENT_BYTES = 64L << 20;
    private static final long SEGMENT_MS = Duration.ofHours(6).toMillis();

    /** The number of partitions of {@link Topic#SITE_EVENTS}, after all topics were made that were missing. */
    public int ensure(Map<String, Object> client) throws InterruptedException {
        List<String> names = List.of(Topic.SITE_EVENTS.name(), Topic.OUTCOMES.name(), Topic.QUARANTINE.name());
        Admin admin = connect(client);
        try {
            Set<String> present = admin.listTopics().names().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            List<NewTopic> missing = new ArrayList<>();
            for (String name : names) {
                if (!present.contains(name)) {
                    missing.add(new NewTopic(name, Optional.of(partitions), replication).configs(settings()));
                }
            }
            if (!missing.isEmpty()) {
                create(admin, missing);
            }
            Map<String, TopicDescription> topics = describe(admin, names);
            keepFor(admin, names.stream().filter(present::contains).toList());
            int inputs = topics.get(Topic.SITE_EVENTS.name()).partitions().size();
            int outputs = topics.get(Topic.OUTCOMES.name()).partitions().size();
            if (inputs != outputs) {
                throw new LogException(
                        "The topic %s has %d partitions, but %s has %d.%nMaybe one was changed by hand; both need the same number."
                                .formatted(Topic.SITE_EVENTS.name(), inputs, Topic.OUTCOMES.name(), outputs));
            }
            if (inputs != partitions) {
                LOG.warn(
                        "The log has {} partitions, not the configured {}: the number stays as it was when the log was made, because every site has its place in one of them.",
                        inputs,
                        partitions);
            }
            return inputs;
        } catch (ExecutionException e) {
            throw new LogException(
                    "The topics of the log cannot be made: %s%nMaybe the broker's address is wrong, or its user may not make topics."
                            .formatted(e.getCause()),
                    e.getCause());
        } catch (TimeoutException e) {
            throw new LogException(
                    "The broker %s does not answer within %d s.%nMaybe its address is wrong, or it is down."
                            .formatted(client.get("bootstrap.servers"), PATIENCE.toSeconds()),
                    e);
        } finally {
            // What has no answer by now is not waited for a second time.
            admin.close(Duration.ZERO);
        }
    }

    private static Admin connect(Map<String, Object> client) {
        try {
            return Admin.create(client);
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new LogException(
                    "The broker %s cannot be spoken to: %s.%nMaybe its address or another of its settings is misspelt."
                            .formatted(client.get("bootstrap.servers"), cause.getMessage()),
                    e);
        }
    }

    /** Describes the topics. A broker may say for a while that it does not know what was made a moment ago. */
    private static Map<String, TopicDescription> describe(Admin admin, List<String> names)
            throws InterruptedException, ExecutionException, TimeoutException {
        long began_ns = System.nanoTime();
        while (true) {
            try {
                return admin.describeTopics(names).allTopicNames().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        || System.nanoTime() - began_ns > PATIENCE.toNanos()) {
                    throw e;
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    /** A retention that was changed in the configuration holds for what was there before as well. */
    private void keepFor(Admin admin, List<String> names)
            throws InterruptedException, ExecutionException, TimeoutException {
        String wanted = Long.toString(retention.toMillis());
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, Config> present =
                admin.describeConfigs(resources).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        present.forEach((resource, config) -> {
            ConfigEntry entry = config.get(RETENTION);
            if (entry == null || !wanted.equals(entry.value())) {
                changes.put(
                        resource,
                        List.of(new AlterConfigOp(new ConfigEntry(RETENTION, wanted), AlterConfigOp.OpType.SET)));
            }
        });
        if (!changes.isEmpty()) {
            admin.incrementalAlterConfigs(changes).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static void create(Admin admin, List<NewTopic> missing)
            throws InterruptedException, ExecutionException, TimeoutException {
        for (var result : new TreeMap<>(admin.createTopics(missing).values()).values()) {
            try {
                result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                // Another process of the same installation may start at the same moment.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("cleanup.policy", "delete");
        settings.put(RETENTION, Long.toString(retention.toMillis()));
        settings.put("segment.bytes", Long.toString(SEGMENT_BYTES));
        settings.put("segment.ms", Long.toString(SEGMENT_MS));
        settings.put("max.message.bytes", Integer.toString(EmbeddedBroker.MAX_RECORD_BYTES));
        return settings;
    }
}
