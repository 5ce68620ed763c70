// SPDX-License-Identifier: Apache-2.0
package org.polias.store.history;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

import org.polias.model.observation.Quality;
import org.polias.model.observation.Result;
import org.polias.store.StoreException;
import org.polias.store.StoreException.Category;
import org.polias.store.json.ModelJson;
import org.polias.store.sql.CopyBuffer;

/** A result as the columns {@code kind}, {@code value} and {@code result}; a quality as a number. */
final class ResultColumns {

    private static final int QUANTITY = 1;
    private static final int COUNT = 2;
    private static final int TRUTH = 3;
    private static final int CATEGORY = 4;
    private static final int VECTOR = 5;
    private static final int EVENT = 6;
    private static final int TEXT = 7;

    /** Up to here every whole number has a {@code double} of its own. */
    private static final long EXACT = 1L << 53;

    private ResultColumns() {}

    static int kind(Result result) {
        return switch (result) {
            case Result.Quantity ignored -> QUANTITY;
            case Result.Count ignored -> COUNT;
            case Result.Truth ignored -> TRUTH;
            case Result.Category ignored -> CATEGORY;
            case Result.Vector ignored -> VECTOR;
            case Result.EventRecord ignored -> EVENT;
            case Result.Text ignored -> TEXT;
        };
    }

    /** Writes {@code value}. */
    static void writeValue(CopyBuffer row, Result result) {
        switch (result) {
            case Result.Quantity quantity -> row.real(quantity.value());
            case Result.Count count when count.value() <= EXACT -> row.real(count.value());
            case Result.Truth truth -> row.real(truth.value() ? 1 : 0);
            case Result.Count ignored -> row.nothing();
            case Result.Category ignored -> row.nothing();
            case Result.Vector ignored -> row.nothing();
            case Result.EventRecord ignored -> row.nothing();
            case Result.Text ignored -> row.nothing();
        }
    }

    /** Writes {@code result}. */
    static void writeResult(CopyBuffer row, Result result) {
        switch (result) {
            case Result.Quantity ignored -> row.nothing();
            case Result.Count count when count.value() <= EXACT -> row.nothing();
            case Result.Truth ignored -> row.nothing();
            case Result.Count count -> row.jsonb(Long.toString(count.value()).getBytes(StandardCharsets.US_ASCII));
            case Result.Category category -> row.jsonb(ModelJson.writePlain(category.code()));
            case Result.Vector vector -> row.jsonb(ModelJson.writePlain(vector.values()));
            case Result.EventRecord event ->
                row.jsonb(ModelJson.writePlain(new EventDocument(event.type(), event.attributes())));
            case Result.Text text -> row.jsonb(ModelJson.writePlain(text.value()));
        }
    }

    static Result read(ResultSet row) throws SQLException {
        int kind = row.getInt("kind");
        double value = row.getDouble("value");
        String json = row.getString("result");
        return switch (kind) {
            case QUANTITY -> new Result.Quantity(value);
            case COUNT -> new Result.Count(json == null ? (long) value : Long.parseLong(json));
            case TRUTH -> new Result.Truth(value != 0);
            case CATEGORY -> new Result.Category(ModelJson.readPlain(String.class, json));
            case VECTOR -> new Result.Vector(ModelJson.readPlain(double[].class, json));
            case EVENT -> {
                EventDocument event = ModelJson.readPlain(EventDocument.class, json);
                yield new Result.EventRecord(event.type(), event.attributes());
            }
            case TEXT -> new Result.Text(ModelJson.readPlain(String.class, json));
            default ->
                throw new StoreException(
                        Category.NEEDS_ATTENTION,
                        "The history has a result of kind %d.%nMaybe a newer release wrote it.".formatted(kind));
        };
    }

    static int write(Quality quality) {
        return switch (quality) {
            case GOOD -> 0;
            case UNCERTAIN -> 1;
            case BAD -> 2;
        };
    }

    static Quality readQuality(int code) {
        return switch (code) {
            case 0 -> Quality.GOOD;
            case 1 -> Quality.UNCERTAIN;
            default -> Quality.BAD;
        };
    }

    private record EventDocument(String type, Map<String, String> attributes) {
        EventDocument {
            attributes = new TreeMap<>(attributes);
        }
    }
}
