// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;

/** JSON into nodes. */
public final class JsonText {

    /** GeoJSON needs nine; the bound keeps the recursion shallow. */
    private static final int MAX_DEPTH = 64;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            // NaN is a value like others until someone wants a number: it is reported there, with all else that is
            // wrong.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final String BROKEN = "Maybe a comma, a bracket or a quotation mark just before.";

    private JsonText() {}

    /** The only value of the text. Nothing if it is not JSON, which is then a problem. */
    public static Optional<Node> read(String file, String text, ProblemLog log) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                log.add(file, 0, "", "%s is empty.".formatted(file), "Maybe remove it: the file may be missing.");
                return Optional.empty();
            }
            Node node = value(parser);
            if (parser.nextToken() != null) {
                log.add(
                        file,
                        line(parser),
                        parser.getText(),
                        "%s goes on after its end.".formatted(file),
                        "Maybe a bracket is closed too early.");
                return Optional.empty();
            }
            return Optional.of(node);
        } catch (JsonProcessingException e) {
            log.add(file, lineOf(e), "", messageOf(file, e), BROKEN);
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("Reading %s from memory failed.".formatted(file), e);
        }
    }

    /** All values of a text that holds one after the other, such as one a line. Nothing if it is not JSON, which is then a problem. */
    public static List<Node> readAll(String file, String text, ProblemLog log) {
        List<Node> values = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(text)) {
            while (parser.nextToken() != null) {
                values.add(value(parser));
            }
            return values;
        } catch (JsonProcessingException e) {
            log.add(file, lineOf(e), "", messageOf(file, e), BROKEN);
            return List.of();
        } catch (IOException e) {
            throw new IllegalStateException("Reading %s from memory failed.".formatted(file), e);
        }
    }

    private static int lineOf(JsonProcessingException fault) {
        return fault.getLocation() == null ? 0 : Math.max(0, fault.getLocation().getLineNr());
    }

    private static String messageOf(String file, JsonProcessingException fault) {
        String message = String.valueOf(fault.getOriginalMessage());
        int source = message.indexOf(" (start marker at [");
        return "%s is not JSON: %s."
                .formatted(file, ProblemLog.shorten(source < 0 ? message : message.substring(0, source)));
    }

    private static Node value(JsonParser parser) throws IOException {
        int line = line(parser);
        return switch (parser.currentToken()) {
            case START_ARRAY -> {
                List<Node> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield new Node.Items(line, items);
            }
            case START_OBJECT -> {
                List<Node.Entry> entries = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    int nameLine = line(parser);
                    parser.nextToken();
                    entries.add(new Node.Entry(nameLine, name, value(parser)));
                }
                yield new Node.Mapping(line, entries);
            }
            case VALUE_NULL -> new Node.Scalar(line, "", true);
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
                new Node.Scalar(line, parser.getText(), false);
            case NOT_AVAILABLE, END_ARRAY, END_OBJECT, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException(
                        "A JSON value cannot begin with the token %s.".formatted(parser.currentToken()));
        };
    }

    private static int line(JsonParser parser) {
        return Math.max(0, parser.currentTokenLocation().getLineNr());
    }
}
