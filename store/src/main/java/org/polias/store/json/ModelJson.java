// SPDX-License-Identifier: Apache-2.0
package org.polias.store.json;

import java.io.IOException;
import java.util.function.Function;

import org.polias.model.campaign.Campaign;
import org.polias.model.detection.Detection;
import org.polias.model.id.AssetId;
import org.polias.model.id.CampaignId;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.DetectionId;
import org.polias.model.id.DeviceId;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SensorId;
import org.polias.model.id.SiteId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.model.id.ThingId;
import org.polias.model.id.ZoneId;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.observation.ObservationId;
import org.polias.model.observation.Result;
import org.polias.store.StoreException;
import org.polias.store.StoreException.Category;
import org.polias.store.sql.Text;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * The vocabulary as JSON, and back. Identifiers are strings, instants ISO 8601, and a member of a sealed family has its simple
 * class name in {@value #TYPE}. Members that a reader does not know are ignored, so that an older release reads what a newer one
 * wrote. Text is {@linkplain Text#clean cleaned} of what PostgreSQL refuses, and zero has no sign, as PostgreSQL's has none: what is
 * written is what is read back.
 */
public final class ModelJson {

    /** Where the class of a sealed family's member stands. Not "type": results have an attribute of that name. */
    static final String TYPE = "@type";

    private static final JsonMapper MAPPER = mapper();

    private ModelJson() {}

    /** An incident event as JSON. */
    public static String write(IncidentEvent event) {
        return write(IncidentEvent.class, event);
    }

    /** An incident as JSON. */
    public static String write(Incident incident) {
        return write(Incident.class, incident);
    }

    /** A campaign as JSON. */
    public static String write(Campaign campaign) {
        return write(Campaign.class, campaign);
    }

    /** A detection as JSON in UTF-8. */
    public static byte[] write(Detection detection) {
        return writeBytes(detection);
    }

    /** Any of Java's own values (texts, numbers, arrays, maps) as JSON in UTF-8. */
    public static byte[] writePlain(Object value) {
        return writeBytes(value);
    }

    public static IncidentEvent readIncidentEvent(String json) {
        return read(IncidentEvent.class, json);
    }

    public static Incident readIncident(String json) {
        return read(Incident.class, json);
    }

    public static Campaign readCampaign(String json) {
        return read(Campaign.class, json);
    }

    public static Detection readDetection(String json) {
        return read(Detection.class, json);
    }

    /** Reads what {@link #writePlain} wrote. */
    public static <T> T readPlain(Class<T> type, String json) {
        return read(type, json);
    }

    static <T> String write(Class<T> type, T value) {
        try {
            return MAPPER.writerFor(type).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new StoreException(
                    Category.DATA_REFUSED, "A %s cannot be written as JSON.".formatted(type.getSimpleName()), e);
        }
    }

    private static byte[] writeBytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new StoreException(
                    Category.DATA_REFUSED,
                    "A %s cannot be written as JSON.".formatted(value.getClass().getSimpleName()),
                    e);
        }
    }

    static <T> T read(Class<T> type, String json) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new StoreException(
                    Category.NEEDS_ATTENTION,
                    "A stored %s cannot be read.%nMaybe a newer release wrote it.".formatted(type.getSimpleName()),
                    e);
        }
    }

    private static JsonMapper mapper() {
        SimpleModule vocabulary = new SimpleModule("polias-model");
        vocabulary.addSerializer(String.class, new CleanText());
        vocabulary.addKeySerializer(String.class, new CleanKey());
        vocabulary.addSerializer(Double.class, new UnsignedZero());
        vocabulary.addSerializer(double.class, new UnsignedZero());
        identifier(vocabulary, AssetId.class, AssetId::value, AssetId::new);
        identifier(vocabulary, CampaignId.class, CampaignId::value, CampaignId::new);
        identifier(vocabulary, DatastreamId.class, DatastreamId::value, DatastreamId::new);
        identifier(vocabulary, DetectionId.class, DetectionId::value, DetectionId::new);
        identifier(vocabulary, DeviceId.class, DeviceId::value, DeviceId::new);
        identifier(vocabulary, IncidentId.class, IncidentId::value, IncidentId::new);
        identifier(vocabulary, SensorId.class, SensorId::value, SensorId::new);
        identifier(vocabulary, SiteId.class, SiteId::value, SiteId::new);
        identifier(vocabulary, TenantId.class, TenantId::value, TenantId::new);
        identifier(vocabulary, ThingId.class, ThingId::value, ThingId::new);
        identifier(vocabulary, ZoneId.class, ZoneId::value, ZoneId::new);
        identifier(vocabulary, SiteKey.class, SiteKey::text, SiteKey::parse);
        identifier(vocabulary, ObservationId.class, ObservationId::toString, ObservationId::parse);
        JsonMapper.Builder builder = JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addModule(vocabulary)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE);
        sealed(builder, IncidentEvent.class);
        sealed(builder, Result.class);
        JsonMapper mapper = builder.build();
        // What is stored was admitted before; the limits against hostile documents are the edge's.
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNumberLength(10_000)
                        .build());
        return mapper;
    }

    private static void sealed(JsonMapper.Builder builder, Class<?> family) {
        builder.addMixIn(family, Typed.class);
        for (Class<?> member : family.getPermittedSubclasses()) {
            builder.registerSubtypes(new NamedType(member, member.getSimpleName()));
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = TYPE)
    private interface Typed {}

    private static <T> void identifier(
            SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
        module.addSerializer(type, new JsonSerializer<T>() {
            @Override
            public void serialize(T value, JsonGenerator generator, SerializerProvider provider) throws IOException {
                generator.writeString(write.apply(value));
            }
        });
        module.addDeserializer(type, new JsonDeserializer<T>() {
            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                return read.apply(parser.getValueAsString());
            }
        });
    }

    private static final class CleanText extends JsonSerializer<String> {
        @Override
        public void serialize(String value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(Text.clean(value));
        }
    }

    private static final class UnsignedZero extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeNumber(value + 0.0); // -0.0 + 0.0 is 0.0; all others stay as they are
        }
    }

    private static final class CleanKey extends JsonSerializer<String> {
        @Override
        public void serialize(String value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeFieldName(Text.clean(value));
        }
    }
}
