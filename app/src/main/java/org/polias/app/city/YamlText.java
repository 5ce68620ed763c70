// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML 1.2 into nodes. The tree is built from the parser's events with bounds of its own on depth and on the size that aliases
 * multiply, because a file of a few hundred bytes can otherwise stand for gigabytes.
 */
final class YamlText {

    private static final int MAX_DEPTH = 64;
    private static final long MAX_NODES = 500_000;

    private final String file;
    private final ProblemLog log;
    private final Map<Anchor, Sized> anchors = new HashMap<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable Node root;

    private YamlText(String file, ProblemLog log) {
        this.file = file;
        this.log = log;
    }

    /** The only document of the text; an empty text is an absent value. Nothing if it is not YAML, which is then a problem. */
    static Optional<Node> read(String file, String text, ProblemLog log) {
        return new YamlText(file, log).read(text);
    }

    private Optional<Node> read(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setUseMarks(true)
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        int documents = 0;
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                if (event instanceof DocumentStartEvent && ++documents > 1) {
                    return refuse(line(event), "---", " has more than one document.", "Maybe remove the line \"---\".");
                }
                if (!take(event)) {
                    return Optional.empty();
                }
            }
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark()
                    .or(e::getContextMark)
                    .map(mark -> mark.getLine() + 1)
                    .orElse(0);
            return refuse(
                    line,
                    "",
                    " is not YAML: " + oneLine(e.getProblem()) + ".",
                    "Maybe a quotation mark, a colon or the indentation of the line before.");
        } catch (YamlEngineException | IndexOutOfBoundsException | IllegalArgumentException e) {
            // The parser reports some malformed escapes and characters without a place.
            return refuse(
                    0,
                    "",
                    " is not YAML: " + oneLine(String.valueOf(e.getMessage())) + ".",
                    "Maybe a character that text may not have.");
        }
        Node whole = root;
        return Optional.of(whole == null ? new Node.Scalar(1, "", true) : whole);
    }

    /** Takes one event; false if the file is refused. */
    private boolean take(Event event) {
        return switch (event) {
            case ScalarEvent scalar -> {
                boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
                String value = scalar.getValue();
                boolean absent = plain && (value.isEmpty() || value.equals("null") || value.equals("~"));
                yield complete(scalar, new Sized(new Node.Scalar(line(scalar), value, absent), 1));
            }
            case AliasEvent alias -> {
                Sized target = anchors.get(alias.getAlias());
                if (target == null) {
                    refuse(
                            line(alias),
                            alias.getAlias().getValue(),
                            " uses *" + alias.getAlias() + " before &" + alias.getAlias() + " is complete.",
                            "Maybe define the anchor further up.");
                    yield false;
                }
                yield complete(alias, target);
            }
            case SequenceStartEvent start -> push(new Open(start, false));
            case MappingStartEvent start -> push(new Open(start, true));
            case SequenceEndEvent _, MappingEndEvent _ -> {
                Open done = open.pop();
                yield complete(done.start, done.close());
            }
            default -> true; // The beginnings and ends of streams and documents, and comments.
        };
    }

    private boolean push(Open container) {
        if (open.size() >= MAX_DEPTH) {
            refuse(
                    line(container.start),
                    "",
                    " nests more than " + MAX_DEPTH + " levels.",
                    "Maybe a bracket is not closed.");
            return false;
        }
        open.push(container);
        return true;
    }

    private boolean complete(NodeEvent event, Sized value) {
        if (!(event instanceof AliasEvent)) {
            event.getAnchor().ifPresent(anchor -> anchors.put(anchor, value));
        }
        Open parent = open.peek();
        if (parent == null) {
            root = value.node;
            return true;
        }
        if (parent.size + value.size > MAX_NODES) {
            refuse(
                    line(event),
                    "",
                    " stands for more than " + MAX_NODES + " values.",
                    "Maybe write out what its anchors and aliases multiply.");
            return false;
        }
        if (parent.wantsKey() && !(value.node instanceof Node.Scalar)) {
            refuse(
                    line(event),
                    "",
                    " has " + value.node.describe() + " where a name is expected.",
                    "Maybe a bracket or brace is not closed.");
            return false;
        }
        parent.take(value, line(event));
        return true;
    }

    private Optional<Node> refuse(int line, String value, String message, String advice) {
        log.add(file, line, value, file + message, advice);
        return Optional.empty();
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }

    private static String oneLine(String message) {
        String line = ProblemLog.shorten(message.lines().findFirst().orElse(""));
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    /** A node and how many nodes it stands for when aliases are written out. */
    private record Sized(Node node, long size) {}

    /** A list or mapping of which more is to come. */
    private static final class Open {

        final NodeEvent start;
        private final boolean mapping;
        private final List<Node> items = new ArrayList<>();
        private final List<Node.Entry> entries = new ArrayList<>();
        private Node.@Nullable Scalar key;
        long size = 1;

        Open(NodeEvent start, boolean mapping) {
            this.start = start;
            this.mapping = mapping;
        }

        boolean wantsKey() {
            return mapping && key == null;
        }

        void take(Sized value, int line) {
            size += value.size;
            Node.Scalar name = key;
            if (!mapping) {
                items.add(value.node);
            } else if (name != null) {
                entries.add(new Node.Entry(name.line(), name.text(), value.node));
                key = null;
            } else if (value.node instanceof Node.Scalar scalar) {
                key = new Node.Scalar(line, scalar.text(), scalar.absent());
            }
        }

        Sized close() {
            int line = line(start);
            return new Sized(mapping ? new Node.Mapping(line, entries) : new Node.Items(line, items), size);
        }
    }
}
