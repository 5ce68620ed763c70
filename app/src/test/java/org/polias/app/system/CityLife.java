// SPDX-License-Identifier: Apache-2.0
package org.polias.app.system;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.polias.app.system.MqttDevice.Message;

/**
 * What the sensors of one site of the {@link SmallCity} report: mostly calm, now and then a bang, a crowd, a leak, a forced door, and
 * now and then nonsense. Everything that is sent is remembered, with whether it was acknowledged.
 */
final class CityLife {

    private final String site;
    private final Random random;
    private final List<String> measured;
    private final Map<String, Instant> lastTimes = new HashMap<>();
    private final List<Sent> sent = new ArrayList<>();
    private int bursts;
    private int burstSite;
    private int number;

    /**
     * Something that was sent.
     *
     * @param key datastream and phenomenon time, which are unique; for nonsense, its text
     */
    record Sent(String key, boolean isNonsense, AtomicBoolean isAcknowledged) {}

    CityLife(String site, long seed) {
        this.site = site;
        this.random = new Random(seed);
        this.measured = SmallCity.listMeasured(site);
    }

    /** Everything that was sent so far; not to be asked while {@link #run} runs. */
    List<Sent> sent() {
        return List.copyOf(sent);
    }

    /** Reports until it is told to stop, at about this rate while the device can send. */
    void run(MqttDevice device, int rate_per_s, AtomicBoolean stop) throws InterruptedException {
        long next = System.nanoTime();
        while (!stop.get()) {
            device.send(next());
            next = Math.max(
                    next + TimeUnit.SECONDS.toNanos(1) / rate_per_s, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
            long pause = next - System.nanoTime();
            if (pause > 0) {
                TimeUnit.NANOSECONDS.sleep(pause);
            }
        }
    }

    private Message next() {
        number++;
        int dice = random.nextInt(1_000);
        if (bursts == 0 && dice < 4) {
            bursts = 3;
            burstSite = random.nextInt(SmallCity.MICROPHONES);
        }
        if (bursts > 0 && dice >= 700) {
            bursts--;
            return observation(
                    SmallCity.sound(site, (burstSite + bursts) % SmallCity.MICROPHONES), 118 + random.nextInt(8));
        }
        if (dice < 8) {
            return nonsense();
        }
        if (dice < 24) {
            return door(dice);
        }
        String datastream = measured.get(random.nextInt(measured.size()));
        return observation(datastream, calm(datastream, dice));
    }

    private double calm(String datastream, int dice) {
        if (datastream.endsWith("-level")) {
            return 50 + random.nextInt(80) / 10.0;
        }
        if (datastream.endsWith("-count")) {
            return dice > 980 ? 1_400 + random.nextInt(400) : random.nextInt(200);
        }
        return dice > 985 ? 150 + random.nextInt(200) : random.nextInt(20) / 10.0;
    }

    private Message observation(String datastream, double value) {
        Instant time = timeOf(datastream);
        String result = datastream.endsWith("-count")
                ? Long.toString(Math.round(value))
                : String.format(Locale.ROOT, "%.1f", value);
        return message(
                "v1.1/Datastreams(%s)/Observations".formatted(datastream),
                "{\"phenomenonTime\": \"%s\", \"result\": %s, \"parameters\": {\"id\": \"%s-%d\"}}"
                        .formatted(time, result, site, number),
                datastream + " " + time,
                false);
    }

    private Message door(int dice) {
        String datastream = SmallCity.door(site);
        Instant time = timeOf(datastream);
        String type = dice < 10 ? "door.forced" : "access.refused";
        return message(
                "v1/events/" + datastream,
                "{\"time\": \"%s\", \"type\": \"%s\", \"id\": \"%s-%d\", \"credential\": \"card-%d\"}"
                        .formatted(time, type, site, number, random.nextInt(5)),
                datastream + " " + time,
                false);
    }

    private Message nonsense() {
        String text = "{\"result\": \"loud %s-%d\"}".formatted(site, number);
        return message("v1.1/Datastreams(%s)/Observations".formatted(SmallCity.sound(site, 0)), text, text, true);
    }

    private Message message(String topic, String payload, String key, boolean isNonsense) {
        Sent each = new Sent(key, isNonsense, new AtomicBoolean());
        sent.add(each);
        return Message.of(topic, payload, () -> each.isAcknowledged().set(true));
    }

    /** The time of the moment, and later than the last of the datastream. */
    private Instant timeOf(String datastream) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return lastTimes.merge(datastream, now, (last, at) -> at.isAfter(last) ? at : last.plusMillis(1));
    }
}
