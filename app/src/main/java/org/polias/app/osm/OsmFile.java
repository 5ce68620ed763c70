// SPDX-License-Identifier: Apache-2.0
package org.polias.app.osm;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import org.jspecify.annotations.Nullable;
import org.polias.simulate.ground.MapData;

import crosby.binary.BinaryParser;
import crosby.binary.Osmformat;
import crosby.binary.file.BlockInputStream;

/** Reads {@code .osm.pbf}, {@code .osm} and {@code .osm.gz}. */
public final class OsmFile {

    /** A district is cut out of a larger file with a tool made for it. */
    private static final long MAX_BYTES = 200L << 20;

    private OsmFile() {}

    /** Whether a name is one of an OpenStreetMap file. */
    public static boolean isOne(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith(".pbf") || name.endsWith(".osm") || name.endsWith(".osm.gz") || name.endsWith(".osm.xml");
    }

    /**
     * All that is in a file.
     *
     * @throws IOException if it cannot be read, or is none; the message is for people
     */
    public static MapData read(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IOException("there is no file %s.".formatted(path));
        }
        if (Files.size(path) > MAX_BYTES) {
            throw new IOException(
                    "%s has %d MiB; more than %d are not read.%nMaybe cut the district out first: osmium extract --bbox W,S,E,N %s -o district.osm.pbf"
                            .formatted(path, Files.size(path) >> 20, MAX_BYTES >> 20, path));
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            String name = path.getFileName().toString();
            if (name.endsWith(".pbf")) {
                return pbf(in, path);
            }
            return xml(name.endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in, path);
        }
    }

    private static MapData pbf(InputStream in, Path path) throws IOException {
        Collector collector = new Collector();
        try {
            new BlockInputStream(in, new Pbf(collector)).process();
        } catch (IOException | RuntimeException e) {
            throw new IOException("%s is not a whole OSM PBF file: %s.".formatted(path, e.getMessage()), e);
        }
        return collector.data();
    }

    private static MapData xml(InputStream in, Path path) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        // Nothing is fetched or expanded: a map needs no entities.
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        Collector collector = new Collector();
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(in);
            new Xml(reader, collector).read();
        } catch (XMLStreamException | NumberFormatException e) {
            throw new IOException("%s is not a whole OSM XML file: %s".formatted(path, e.getMessage()), e);
        }
        return collector.data();
    }

    /** Gathers what readers find. */
    private static final class Collector {

        private final Map<Long, MapData.Node> nodes = new HashMap<>();
        private final List<MapData.Way> ways = new ArrayList<>();
        private final List<MapData.Relation> relations = new ArrayList<>();
        private Optional<MapData.Bounds> bounds = Optional.empty();
        private double west = Double.POSITIVE_INFINITY;
        private double south = Double.POSITIVE_INFINITY;
        private double east = Double.NEGATIVE_INFINITY;
        private double north = Double.NEGATIVE_INFINITY;

        void node(long id, double longitude, double latitude, Map<String, String> tags) {
            if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) {
                return;
            }
            nodes.put(id, new MapData.Node(longitude, latitude, tags));
            west = Math.min(west, longitude);
            east = Math.max(east, longitude);
            south = Math.min(south, latitude);
            north = Math.max(north, latitude);
        }

        void way(long id, long[] refs, Map<String, String> tags) {
            ways.add(new MapData.Way(id, refs, tags));
        }

        void relation(long id, List<MapData.Member> members, Map<String, String> tags) {
            relations.add(new MapData.Relation(id, members, tags));
        }

        void bounds(double w, double s, double e, double n) {
            if (e > w && n > s) {
                bounds = Optional.of(new MapData.Bounds(w, s, e, n));
            }
        }

        MapData data() {
            Optional<MapData.Bounds> seen =
                    nodes.isEmpty() ? Optional.empty() : Optional.of(new MapData.Bounds(west, south, east, north));
            // Some files promise more than they have.
            Optional<MapData.Bounds> covered = bounds.isPresent() && seen.isPresent()
                    ? Optional.of(new MapData.Bounds(
                            Math.max(bounds.get().west(), west),
                            Math.max(bounds.get().south(), south),
                            Math.min(bounds.get().east(), east),
                            Math.min(bounds.get().north(), north)))
                    : seen;
            return new MapData(nodes, ways, relations, covered);
        }
    }

    private static final class Xml {

        private final XMLStreamReader reader;
        private final Collector collector;
        private long[] refs = new long[64];
        private int refCount;

        Xml(XMLStreamReader reader, Collector collector) {
            this.reader = reader;
            this.collector = collector;
        }

        void read() throws XMLStreamException {
            boolean isOsm = false;
            while (reader.hasNext()) {
                if (reader.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (reader.getLocalName()) {
                    case "osm" -> isOsm = true;
                    case "bounds" ->
                        collector.bounds(number("minlon"), number("minlat"), number("maxlon"), number("maxlat"));
                    case "node" -> node();
                    case "way" -> way();
                    case "relation" -> relation();
                    default -> {
                        // Notes, metadata and the like.
                    }
                }
            }
            if (!isOsm) {
                throw new XMLStreamException("it has no <osm>.");
            }
        }

        private boolean isGone() {
            return "delete".equals(reader.getAttributeValue(null, "action"))
                    || "false".equals(reader.getAttributeValue(null, "visible"));
        }

        private void node() throws XMLStreamException {
            long id = whole("id");
            boolean isGone = isGone() || reader.getAttributeValue(null, "lon") == null;
            double longitude = isGone ? 0 : number("lon");
            double latitude = isGone ? 0 : number("lat");
            Map<String, String> tags = inner("node", null);
            if (!isGone) {
                collector.node(id, longitude, latitude, tags);
            }
        }

        private void way() throws XMLStreamException {
            long id = whole("id");
            boolean isGone = isGone();
            refCount = 0;
            Map<String, String> tags = inner("way", null);
            if (!isGone) {
                collector.way(id, Arrays.copyOf(refs, refCount), tags);
            }
        }

        private void relation() throws XMLStreamException {
            long id = whole("id");
            boolean isGone = isGone();
            List<MapData.Member> members = new ArrayList<>();
            Map<String, String> tags = inner("relation", members);
            if (!isGone) {
                collector.relation(id, members, tags);
            }
        }

        private Map<String, String> inner(String element, @Nullable List<MapData.Member> members)
                throws XMLStreamException {
            Map<String, String> tags = Map.of();
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.END_ELEMENT
                        && reader.getLocalName().equals(element)) {
                    break;
                }
                if (event != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (reader.getLocalName()) {
                    case "tag" -> {
                        if (tags.isEmpty()) {
                            tags = new HashMap<>();
                        }
                        tags.put(reader.getAttributeValue(null, "k"), reader.getAttributeValue(null, "v"));
                    }
                    case "nd" -> {
                        if (refCount == refs.length) {
                            refs = Arrays.copyOf(refs, 2 * refCount);
                        }
                        refs[refCount++] = whole("ref");
                    }
                    case "member" -> {
                        if (members != null && "way".equals(reader.getAttributeValue(null, "type"))) {
                            String role = reader.getAttributeValue(null, "role");
                            members.add(new MapData.Member(whole("ref"), role == null ? "" : role));
                        }
                    }
                    default -> {
                        // Not ours.
                    }
                }
            }
            return tags;
        }

        private double number(String attribute) {
            String text = reader.getAttributeValue(null, attribute);
            return text == null ? Double.NaN : Double.parseDouble(text);
        }

        private long whole(String attribute) {
            String text = reader.getAttributeValue(null, attribute);
            return text == null ? 0 : Long.parseLong(text);
        }
    }

    private static final class Pbf extends BinaryParser {

        private final Collector collector;

        Pbf(Collector collector) {
            this.collector = collector;
        }

        @Override
        protected void parse(Osmformat.HeaderBlock header) {
            for (String feature : header.getRequiredFeaturesList()) {
                if (!feature.equals("OsmSchema-V0.6") && !feature.equals("DenseNodes")) {
                    throw new IllegalStateException("it needs the feature %s".formatted(feature));
                }
            }
            if (header.hasBbox()) {
                Osmformat.HeaderBBox box = header.getBbox();
                collector.bounds(
                        box.getLeft() * 1e-9, box.getBottom() * 1e-9, box.getRight() * 1e-9, box.getTop() * 1e-9);
            }
        }

        @Override
        protected void parseDense(Osmformat.DenseNodes dense) {
            long id = 0;
            long latitude = 0;
            long longitude = 0;
            int at = 0;
            for (int i = 0; i < dense.getIdCount(); i++) {
                id += dense.getId(i);
                latitude += dense.getLat(i);
                longitude += dense.getLon(i);
                Map<String, String> tags = Map.of();
                while (at < dense.getKeysValsCount() && dense.getKeysVals(at) != 0) {
                    if (tags.isEmpty()) {
                        tags = new HashMap<>();
                    }
                    tags.put(getStringById(dense.getKeysVals(at)), getStringById(dense.getKeysVals(at + 1)));
                    at += 2;
                }
                at++;
                collector.node(id, parseLon(longitude), parseLat(latitude), tags);
            }
        }

        @Override
        protected void parseNodes(List<Osmformat.Node> nodes) {
            for (Osmformat.Node node : nodes) {
                collector.node(
                        node.getId(),
                        parseLon(node.getLon()),
                        parseLat(node.getLat()),
                        tags(node.getKeysList(), node.getValsList()));
            }
        }

        @Override
        protected void parseWays(List<Osmformat.Way> ways) {
            for (Osmformat.Way way : ways) {
                long[] refs = new long[way.getRefsCount()];
                long ref = 0;
                for (int i = 0; i < refs.length; i++) {
                    ref += way.getRefs(i);
                    refs[i] = ref;
                }
                collector.way(way.getId(), refs, tags(way.getKeysList(), way.getValsList()));
            }
        }

        @Override
        protected void parseRelations(List<Osmformat.Relation> relations) {
            for (Osmformat.Relation relation : relations) {
                List<MapData.Member> members = new ArrayList<>();
                long member = 0;
                for (int i = 0; i < relation.getMemidsCount(); i++) {
                    member += relation.getMemids(i);
                    if (relation.getTypes(i) == Osmformat.Relation.MemberType.WAY) {
                        members.add(new MapData.Member(member, getStringById(relation.getRolesSid(i))));
                    }
                }
                collector.relation(relation.getId(), members, tags(relation.getKeysList(), relation.getValsList()));
            }
        }

        private Map<String, String> tags(List<Integer> keys, List<Integer> values) {
            if (keys.isEmpty()) {
                return Map.of();
            }
            Map<String, String> tags = new HashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                tags.put(getStringById(keys.get(i)), getStringById(values.get(i)));
            }
            return tags;
        }

        @Override
        public void complete() {
            // All is collected.
        }
    }
}
