// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Checks JSON against the part of JSON Schema that our own schemas use; a keyword that it does not know is a failure. */
record JsonSchema(JsonNode root) {

    private static final Set<String> SAID_ONLY = Set.of("$schema", "title", "description", "$defs");

    /** What is wrong, each with its place; empty if nothing is. */
    List<String> problems(JsonNode value) {
        List<String> problems = new ArrayList<>();
        check(root, value, "", problems);
        return problems;
    }

    private void check(JsonNode schema, JsonNode value, String at, List<String> problems) {
        schema.properties().forEach(keyword -> {
            JsonNode wanted = keyword.getValue();
            switch (keyword.getKey()) {
                case "$ref" -> check(root.at(wanted.asText().substring(1)), value, at, problems);
                case "type" -> {
                    if (!isOfType(wanted.asText(), value)) {
                        problems.add("%s is no %s: %s".formatted(at, wanted.asText(), value));
                    }
                }
                case "required" ->
                    wanted.forEach(name -> {
                        if (!value.has(name.asText())) {
                            problems.add("%s has no %s".formatted(at, name.asText()));
                        }
                    });
                case "properties" ->
                    wanted.properties().forEach(property -> {
                        if (value.has(property.getKey())) {
                            check(
                                    property.getValue(),
                                    value.get(property.getKey()),
                                    at + "/" + property.getKey(),
                                    problems);
                        }
                    });
                case "additionalProperties" -> {
                    Set<String> others = new TreeSet<>();
                    value.fieldNames().forEachRemaining(others::add);
                    schema.path("properties").fieldNames().forEachRemaining(others::remove);
                    if (wanted.isBoolean()) {
                        others.forEach(name -> problems.add("%s has %s".formatted(at, name)));
                    } else {
                        others.forEach(name -> check(wanted, value.get(name), at + "/" + name, problems));
                    }
                }
                case "propertyNames" ->
                    value.fieldNames().forEachRemaining(name -> check(wanted, TextNode.valueOf(name), at, problems));
                case "items" -> value.forEach(item -> check(wanted, item, at + "[]", problems));
                case "enum" -> {
                    boolean isOne = false;
                    for (JsonNode each : wanted) {
                        isOne |= each.equals(value);
                    }
                    if (!isOne) {
                        problems.add("%s is %s".formatted(at, value));
                    }
                }
                case "oneOf" -> {
                    int fitting = 0;
                    List<String> why = new ArrayList<>();
                    for (JsonNode each : wanted) {
                        int before = why.size();
                        check(each, value, at, why);
                        fitting += why.size() == before ? 1 : 0;
                    }
                    if (fitting != 1) {
                        problems.addAll(why);
                    }
                }
                case "minimum" -> {
                    if (value.asDouble() < wanted.asDouble()) {
                        problems.add("%s is %s".formatted(at, value));
                    }
                }
                case "maximum" -> {
                    if (value.asDouble() > wanted.asDouble()) {
                        problems.add("%s is %s".formatted(at, value));
                    }
                }
                case String other -> {
                    if (!SAID_ONLY.contains(other)) {
                        throw new IllegalArgumentException("The keyword %s is not known.".formatted(other));
                    }
                }
            }
        });
    }

    private static boolean isOfType(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "number" -> value.isNumber();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException("The type %s is not known.".formatted(type));
        };
    }
}
