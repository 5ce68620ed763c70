// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.fold;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.polias.stream.wire.CorruptRecordException;
import org.polias.stream.wire.Documents;
import org.polias.stream.wire.WireReader;
import org.polias.stream.wire.WireWriter;

/**
 * Writes an immutable record again and again while it changes little by little: components, and elements of lists, that are the
 * very objects that they were the last time are not encoded again. What is written does not depend on what was written before.
 *
 * @param <S> the record
 */
final class StateDocument<S extends Record> {

    private static final int WHOLE = 0;
    private static final int LIST = 1;

    private final RecordComponent[] components;
    private final List<Cache> caches;

    StateDocument(Class<S> type) {
        components = type.getRecordComponents();
        caches = new ArrayList<>();
        for (int i = 0; i < components.length; i++) {
            caches.add(new Cache());
        }
    }

    byte[] write(S state) {
        WireWriter out = new WireWriter(8 << 10).unsigned(components.length);
        for (int i = 0; i < components.length; i++) {
            Object value = get(components[i], state);
            Cache cache = caches.get(i);
            Optional<Type> element = findElementType(components[i].getGenericType());
            out.text(components[i].getName());
            if (element.isPresent() && value instanceof List<?> list) {
                out.octet(LIST).unsigned(list.size());
                for (Object each : list) {
                    out.bytes(cache.encode(element.get(), each));
                }
            } else {
                out.octet(WHOLE).bytes(cache.encode(components[i].getGenericType(), value));
            }
            cache.forgetUnused();
        }
        return out.toBytes();
    }

    /**
     * Reads what {@link #write} wrote. A list or an optional that was not yet a component then is empty.
     *
     * @throws CorruptRecordException if that is not possible
     */
    static <S extends Record> S read(Class<S> type, byte[] bytes) {
        Map<String, Object> written = new HashMap<>();
        Map<String, RecordComponent> known = new HashMap<>();
        RecordComponent[] components = type.getRecordComponents();
        for (RecordComponent component : components) {
            known.put(component.getName(), component);
        }
        WireReader in = new WireReader(bytes);
        for (int left = in.size(2); left > 0; left--) {
            String name = in.text();
            RecordComponent component = known.get(name);
            int kind = in.octet();
            List<byte[]> documents = new ArrayList<>();
            for (int more = kind == LIST ? in.size(1) : 1; more > 0; more--) {
                documents.add(in.bytes());
            }
            if (component != null) {
                written.put(name, decode(component, kind, documents));
            }
        }
        in.end();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            Object value = written.get(components[i].getName());
            values[i] = value == null ? absent(type, components[i]) : value;
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new CorruptRecordException(
                    "What was stored cannot be a %s: %s".formatted(type.getSimpleName(), e.getCause()), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The record %s cannot be made.".formatted(type), e);
        }
    }

    private static Object decode(RecordComponent component, int kind, List<byte[]> documents) {
        Optional<Type> element = findElementType(component.getGenericType());
        if (kind == LIST != element.isPresent()) {
            throw new CorruptRecordException("The component %s of the state was of another type.".formatted(component));
        }
        return element.<Object>map(type -> documents.stream()
                        .map(document -> Documents.read(type, document))
                        .toList())
                .orElseGet(() -> Documents.read(component.getGenericType(), documents.getFirst()));
    }

    private static Object absent(Class<?> type, RecordComponent component) {
        if (component.getType() == Optional.class) {
            return Optional.empty();
        }
        if (component.getType() == List.class) {
            return List.of();
        }
        throw new CorruptRecordException(
                "The stored %s has no component %s.".formatted(type.getSimpleName(), component.getName()));
    }

    private static Optional<Type> findElementType(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == List.class
                ? Optional.of(generic.getActualTypeArguments()[0])
                : Optional.empty();
    }

    private static Object get(RecordComponent component, Record state) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(state);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The component %s cannot be read.".formatted(component), e);
        }
    }

    /** The documents of the objects that were written the last time. */
    private static final class Cache {
        private IdentityHashMap<Object, byte[]> before = new IdentityHashMap<>();
        private IdentityHashMap<Object, byte[]> now = new IdentityHashMap<>();

        byte[] encode(Type type, @Nullable Object value) {
            if (value == null) {
                return Documents.write(type, null);
            }
            byte[] known = before.get(value);
            byte[] document = known == null ? Documents.write(type, value) : known;
            now.put(value, document);
            return document;
        }

        void forgetUnused() {
            before = now;
            now = new IdentityHashMap<>();
        }
    }
}
