// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.wire;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.deser.KeyDeserializers;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.Serializers;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/**
 * Records as self-describing documents (Smile, a binary JSON): names travel with the values, so that a record that gains a component
 * later still reads what was written before. For what is rare or large; what is frequent has a form written by hand.
 *
 * <p>Nothing in the vocabulary is annotated for this: records are written by their components, members of a sealed family carry
 * their simple class name under {@code @is}, instants and durations are whole nanoseconds.
 */
public final class Documents {

    private static final String TYPE_PROPERTY = "@is";
    private static final ObjectMapper MAPPER = configure(SmileMapper.builder()
                    .enable(com.fasterxml.jackson.dataformat.smile.SmileGenerator.Feature.CHECK_SHARED_NAMES)
                    .disable(com.fasterxml.jackson.dataformat.smile.SmileGenerator.Feature.ENCODE_BINARY_AS_7BIT)
                    .build())
            .registerModule(recordKeys());

    private Documents() {}

    /**
     * The document of {@code value}.
     *
     * @param type the type by which it will be read: its record class, or the sealed interface to whose family it belongs
     */
    public static <T> byte[] write(Class<T> type, T value) {
        try {
            return MAPPER.writerFor(type).writeValueAsBytes(value);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "A %s cannot be written: %s".formatted(value.getClass().getName(), e.getMessage()), e);
        }
    }

    /**
     * The value of a document.
     *
     * @throws CorruptRecordException if {@code document} is not the document of a {@code type}
     */
    public static <T> T read(Class<T> type, byte[] document) {
        @Nullable T value;
        try {
            value = MAPPER.readerFor(type).readValue(document);
        } catch (IOException | RuntimeException e) {
            throw new CorruptRecordException(
                    "The document of %d bytes is no %s: %s"
                            .formatted(document.length, type.getSimpleName(), firstLine(e)),
                    e);
        }
        if (value == null) {
            throw new CorruptRecordException(
                    "The document of %d bytes holds no %s.".formatted(document.length, type.getSimpleName()));
        }
        return value;
    }

    /** As {@link #write(Class, Object)}, for a type with parameters. */
    public static byte[] write(Type type, @Nullable Object value) {
        try {
            return MAPPER.writerFor(MAPPER.constructType(type)).writeValueAsBytes(value);
        } catch (IOException e) {
            throw new IllegalArgumentException("A %s cannot be written: %s".formatted(type, e.getMessage()), e);
        }
    }

    /** As {@link #read(Class, byte[])}, for a type with parameters. */
    public static Object read(Type type, byte[] document) {
        Object value;
        try {
            value = MAPPER.readerFor(MAPPER.constructType(type)).readValue(document);
        } catch (IOException | RuntimeException e) {
            throw new CorruptRecordException(
                    "The document of %d bytes is no %s: %s".formatted(document.length, type, firstLine(e)), e);
        }
        if (value == null) {
            throw new CorruptRecordException("The document of %d bytes holds no %s.".formatted(document.length, type));
        }
        return value;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static ObjectMapper configure(ObjectMapper mapper) {
        mapper.registerModule(new Jdk8Module());
        mapper.registerModule(new SimpleModule("polias-time")
                .addSerializer(Instant.class, new InstantWriter())
                .addDeserializer(Instant.class, new InstantReader())
                .addSerializer(Duration.class, new DurationWriter())
                .addDeserializer(Duration.class, new DurationReader()));
        mapper.setAnnotationIntrospector(new SealedFamilies());
        mapper.setVisibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE);
        mapper.setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
        mapper.setVisibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY);
        mapper.setSerializationInclusion(JsonInclude.Include.ALWAYS);
        mapper.setConfig(mapper.getSerializationConfig()
                .without(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .without(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST));
        mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        for (Class<?> container : List.of(
                List.class,
                Set.class,
                SortedSet.class,
                Map.class,
                SortedMap.class,
                Collection.class,
                SequencedCollection.class)) {
            mapper.configOverride(container).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
        }
        return mapper;
    }

    /** Maps whose keys are records: the key's name is the key's own document, as text. */
    private static SimpleModule recordKeys() {
        ObjectMapper keys = configure(JsonMapper.builder().build());
        SimpleModule module = new SimpleModule("polias-keys") {
            @Override
            public void setupModule(SetupContext context) {
                super.setupModule(context);
                context.addKeySerializers(new Serializers.Base() {
                    @Override
                    public @Nullable JsonSerializer<?> findSerializer(
                            SerializationConfig config, JavaType type, BeanDescription description) {
                        return type.getRawClass().isRecord() ? new RecordKeyWriter(keys) : null;
                    }
                });
                context.addKeyDeserializers(new KeyDeserializers() {
                    @Override
                    public @Nullable KeyDeserializer findKeyDeserializer(
                            JavaType type, DeserializationConfig config, BeanDescription description) {
                        return type.getRawClass().isRecord() ? new RecordKeyReader(keys, type) : null;
                    }
                });
            }
        };
        return module;
    }

    /** Gives members of sealed families their simple class names as type ids. */
    private static final class SealedFamilies extends JacksonAnnotationIntrospector {

        @Override
        public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
            return isFamily(annotated.getRawType())
                    ? JsonTypeInfo.Value.construct(
                            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, TYPE_PROPERTY, null, false, true)
                    : null;
        }

        @Override
        public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
            if (!isFamily(annotated.getRawType())) {
                return null;
            }
            List<NamedType> members = new ArrayList<>();
            collect(annotated.getRawType(), members);
            return members;
        }

        private static boolean isFamily(Class<?> type) {
            return type.isSealed() && (type.isInterface() || Modifier.isAbstract(type.getModifiers()));
        }

        private static void collect(Class<?> family, List<NamedType> members) {
            for (Class<?> member : family.getPermittedSubclasses()) {
                if (isFamily(member)) {
                    collect(member, members);
                } else {
                    members.add(new NamedType(member, member.getSimpleName()));
                }
            }
        }
    }

    private static final class RecordKeyWriter extends JsonSerializer<Object> {
        private final ObjectMapper keys;

        RecordKeyWriter(ObjectMapper keys) {
            this.keys = keys;
        }

        @Override
        public void serialize(Object key, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeFieldName(keys.writeValueAsString(key));
        }
    }

    private static final class RecordKeyReader extends KeyDeserializer {
        private final ObjectMapper keys;
        private final JavaType type;

        RecordKeyReader(ObjectMapper keys, JavaType type) {
            this.keys = keys;
            this.type = type;
        }

        @Override
        public Object deserializeKey(String key, DeserializationContext context) throws IOException {
            return keys.readValue(key, type);
        }
    }

    private static final class InstantWriter extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            writeNanos(value.getEpochSecond(), value.getNano(), value.toString(), out);
        }
    }

    private static final class InstantReader extends JsonDeserializer<Instant> {
        @Override
        public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (in.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                long nanos = in.getLongValue();
                return Instant.ofEpochSecond(
                        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
            }
            try {
                return Instant.parse(in.getText());
            } catch (DateTimeException e) {
                throw context.weirdStringException(in.getText(), Instant.class, "not an instant");
            }
        }
    }

    private static final class DurationWriter extends JsonSerializer<Duration> {
        @Override
        public void serialize(Duration value, JsonGenerator out, SerializerProvider provider) throws IOException {
            writeNanos(value.getSeconds(), value.getNano(), value.toString(), out);
        }
    }

    private static final class DurationReader extends JsonDeserializer<Duration> {
        @Override
        public Duration deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (in.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                return Duration.ofNanos(in.getLongValue());
            }
            try {
                return Duration.parse(in.getText());
            } catch (DateTimeException e) {
                throw context.weirdStringException(in.getText(), Duration.class, "not a duration");
            }
        }
    }

    /** Nanoseconds where they fit into 64 bits (1677 to 2262 for instants), else text. */
    private static void writeNanos(long seconds, int nanos, String text, JsonGenerator out) throws IOException {
        long most = Long.MAX_VALUE / 1_000_000_000L;
        if (seconds > -most && seconds < most) {
            out.writeNumber(seconds * 1_000_000_000L + nanos);
        } else {
            out.writeString(text);
        }
    }
}
