// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.wire;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.polias.model.city.CalendarEntry;
import org.polias.model.city.CalendarKind;
import org.polias.model.city.Range;
import org.polias.model.id.Slug;
import org.polias.model.id.ZoneId;
import org.polias.model.incident.CriticalityContext;
import org.polias.model.incident.CriticalityMatrix;
import org.polias.model.incident.IncidentType;
import org.polias.model.observation.Result;
import org.polias.model.place.Covariance;
import org.polias.model.place.Polygon;
import org.polias.model.place.Position;

/** Makes random values of any type of the vocabulary by its components. */
final class RandomValues {

    private static final List<String> TEXTS =
            List.of("", "a", "Plzeň", "零", "\uD83D\uDD25 fire", "line\nbreak", "\u0000", "x".repeat(300), "0", "@is");
    private static final double[] NUMBERS = {0, -0.0, 1, -1.5, 61.25, 1e-300, -1e300, Double.MIN_VALUE, Math.PI};
    private static final long[] WHOLE = {0, 1, -1, 127, 128, 1L << 35, Long.MAX_VALUE, Long.MIN_VALUE};

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    <T> T of(Class<T> type) {
        return type.cast(ofType(type, false));
    }

    private Object ofType(Type type, boolean isId) {
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            Type first = generic.getActualTypeArguments()[0];
            if (raw == Optional.class) {
                return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(ofType(first, false));
            }
            if (raw == List.class) {
                return list(first);
            }
            if (raw == Set.class) {
                return new TreeSet<>(list(first));
            }
            if (raw == Map.class || raw == SortedMap.class) {
                Map<Object, Object> map = new TreeMap<>();
                for (Object key : list(first)) {
                    map.put(key, ofType(generic.getActualTypeArguments()[1], false));
                }
                return map;
            }
            throw new IllegalArgumentException("No random values of " + type);
        }
        return ofClass((Class<?>) type, isId);
    }

    private List<Object> list(Type element) {
        List<Object> list = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            list.add(ofType(element, false));
        }
        return list;
    }

    private Object ofClass(Class<?> type, boolean isId) {
        if (type == String.class) {
            return isId ? slug() : pick(TEXTS);
        }
        if (type == Integer.class) {
            return random.nextInt();
        }
        if (type == double.class || type == Double.class) {
            return random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextGaussian() * 1e3;
        }
        if (type == long.class) {
            return random.nextBoolean() ? WHOLE[random.nextInt(WHOLE.length)] : random.nextLong();
        }
        if (type == int.class) {
            return random.nextInt();
        }
        if (type == boolean.class) {
            return random.nextBoolean();
        }
        if (type == byte[].class) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            return bytes;
        }
        if (type == Instant.class) {
            return instant();
        }
        if (type == Duration.class) {
            return Duration.ofSeconds(random.nextInt(-5, 100_000), random.nextInt(1_000_000_000));
        }
        if (type.isEnum()) {
            return pick(Arrays.asList(type.getEnumConstants()));
        }
        if (type == Position.class) {
            return position();
        }
        if (type == Polygon.class) {
            return new Polygon(ring(), random.nextBoolean() ? List.of() : List.of(ring(), ring()));
        }
        if (type == Covariance.class) {
            double a = random.nextDouble(1e4);
            double b = random.nextDouble(1e4);
            return new Covariance(a, Math.sqrt(a * b) * random.nextDouble(-0.99, 0.99), b);
        }
        if (type == Range.class) {
            double low = random.nextGaussian();
            return new Range(low, low + random.nextDouble());
        }
        if (type == CalendarEntry.class) {
            Instant from = Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
            return new CalendarEntry(
                    pick(List.of(CalendarKind.values())),
                    pick(TEXTS),
                    from,
                    from.plusNanos(random.nextLong(1, 1_000_000_000_000_000L)),
                    random.nextBoolean() ? Optional.empty() : Optional.of(new ZoneId(slug())));
        }
        if (type == CriticalityMatrix.class) {
            return CriticalityMatrix.DEFAULT;
        }
        if (type == CriticalityContext.class) {
            return new CriticalityContext(
                    pick(TEXTS),
                    Optional.of(instant()),
                    Optional.empty(),
                    Optional.of(new ZoneId(slug())),
                    Set.of(IncidentType.INTRUSION),
                    random.nextInt(3),
                    Optional.of(random.nextInt(100_000)));
        }
        if (type == Result.Count.class) {
            return new Result.Count(random.nextLong() >>> random.nextInt(1, 63));
        }
        if (type == Result.Vector.class) {
            return new Result.Vector(random.doubles(random.nextInt(20)).toArray());
        }
        if (type.isSealed()) {
            return ofClass(pick(List.of(type.getPermittedSubclasses())), false);
        }
        if (type.isRecord()) {
            return record(type);
        }
        throw new IllegalArgumentException("No random values of " + type);
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        boolean isId = components.length == 1 && type.getPackageName().endsWith(".id");
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = ofType(components[i].getGenericType(), isId);
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(type + " refuses " + Arrays.toString(values), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("No random values of " + type, e);
        }
    }

    private Instant instant() {
        return switch (random.nextInt(6)) {
            case 0 -> Instant.EPOCH;
            case 1 -> Instant.ofEpochMilli(1_795_255_200_000L + random.nextInt());
            case 2 -> Instant.ofEpochSecond(-random.nextInt(1_000_000), random.nextInt(1_000_000_000));
            case 3 -> random.nextBoolean() ? Instant.MAX : Instant.MIN;
            default -> Instant.ofEpochSecond(1_795_255_200L + random.nextInt(10_000), random.nextInt(1_000_000_000));
        };
    }

    private List<Position> ring() {
        Position first = position();
        return List.of(first, position(), position(), first);
    }

    private Position position() {
        return new Position(random.nextDouble(-180, 180), random.nextDouble(-90, 90));
    }

    private String slug() {
        String alphabet = "abcXYZ019._:-";
        StringBuilder text = new StringBuilder().append("abcXYZ019".charAt(random.nextInt(9)));
        int length = random.nextInt(10) == 0 ? Slug.MAX_LENGTH : random.nextInt(1, 12);
        while (text.length() < length) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
