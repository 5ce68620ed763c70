// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.polias.simulate.api.Population;
import org.polias.simulate.network.Network;
import org.polias.simulate.network.Passage;

/** Plans tried in the queue model, on crowds that are the same for all of them. */
final class Trial {

    private final Network network;
    private final Sample.Ground ground;
    private final QueueModel model;
    private final boolean[] isBlocked;
    private final long seed;
    private final Map<Integer, Sample> samples = new ConcurrentHashMap<>();
    private final Map<List<String>, Routes> routes = new ConcurrentHashMap<>();

    /** @param isBlocked the passages that nobody is sent through: they lie in a no-go area */
    Trial(Network network, Sample.Ground ground, QueueModel model, boolean[] isBlocked, long seed) {
        this.network = network;
        this.ground = ground;
        this.model = model;
        this.isBlocked = isBlocked;
        this.seed = seed;
    }

    List<Population> people() {
        return ground.people();
    }

    Network network() {
        return network;
    }

    QueueModel model() {
        return model;
    }

    Sample sample(int replication) {
        return samples.computeIfAbsent(replication, r -> Sample.draw(ground, seed, r, 1));
    }

    Outcome run(Plan plan, int replication) {
        return run(plan, sample(replication), Optional.empty());
    }

    /** With another number of people. */
    Outcome run(Plan plan, int replication, double factor) {
        return run(plan, Sample.draw(ground, seed, replication, factor), Optional.empty());
    }

    Outcome run(Plan plan, Sample sample, Optional<QueueModel.Loss> loss) {
        Routes routes = routes(plan);
        Routes.Ways ways = routes.ways(sample);
        Assignment assignment = Assignment.of(plan, sample, routes, ways, model, network, ground.people(), 0);
        return model.run(sample, routes, ways, assignment.exit(), assignment.sets_s(), loss);
    }

    Assignment assign(Plan plan, Sample sample) {
        Routes routes = routes(plan);
        return Assignment.of(plan, sample, routes, routes.ways(sample), model, network, ground.people(), 0);
    }

    /**
     * As {@link #assign}, but the informed know of every queue on their way, also at doors: what a plan can know, and no message
     * tells.
     *
     * @param shunning walking counts so many times as much as waiting
     */
    Assignment assignKnowingAll(Plan plan, Sample sample, double shunning) {
        Routes routes = routes(plan);
        return Assignment.of(plan, sample, routes, routes.ways(sample), model, network, ground.people(), shunning);
    }

    Routes routes(Plan plan) {
        // Plans that send people past a hazard do so because they do not know of it.
        boolean knows = !plan.name().equals(Candidates.NEAREST);
        List<String> key = new ArrayList<>(plan.open());
        key.add("|");
        key.addAll(plan.closed());
        key.add(knows ? "knows" : "");
        return routes.computeIfAbsent(key, _ -> {
            boolean[] isOpen = isOpen(plan, knows);
            return Routes.of(network, isOpen);
        });
    }

    private boolean[] isOpen(Plan plan, boolean knows) {
        boolean[] isOpen = new boolean[network.passages().size()];
        for (int p = 0; p < isOpen.length; p++) {
            Passage passage = network.passages().get(p);
            boolean isOpenByItself = passage.opening().initially()
                    || !passage.opening().changes_s().isEmpty();
            isOpen[p] = (isOpenByItself || plan.open().contains(passage.id()))
                    && !plan.closed().contains(passage.id())
                    && !(knows && isBlocked[p]);
        }
        return isOpen;
    }
}
