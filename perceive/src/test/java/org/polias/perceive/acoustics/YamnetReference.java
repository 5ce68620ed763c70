// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.io.IOException;
import java.io.Reader;
import java.io.StreamTokenizer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Windows with what YAMNet's own front end and the network make of them. */
record YamnetReference(float[] waveform, float[] logMel, float[] scores) {

    private static final String FILE = "models/yamnet_reference.json";

    /** All windows; the test is skipped where they are not there. */
    static List<YamnetReference> all() throws IOException {
        List<YamnetReference> all = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(SharedData.path(FILE))) {
            // A list of objects of three lists of numbers each: what is nested is of no matter.
            StreamTokenizer tokens = new StreamTokenizer(reader);
            tokens.resetSyntax();
            tokens.whitespaceChars(0, ' ');
            tokens.wordChars('0', '9');
            tokens.wordChars('-', '.');
            tokens.wordChars('e', 'e');
            tokens.wordChars('E', 'E');
            tokens.wordChars('+', '+');
            tokens.quoteChar('"');
            List<Float> waveform = new ArrayList<>();
            List<Float> logMel = new ArrayList<>();
            List<Float> scores = new ArrayList<>();
            List<Float> current = waveform;
            while (tokens.nextToken() != StreamTokenizer.TT_EOF) {
                if (tokens.ttype == '"') {
                    current = switch (tokens.sval) {
                        case "waveform" -> waveform;
                        case "log_mel" -> logMel;
                        default -> scores;
                    };
                } else if (tokens.ttype == StreamTokenizer.TT_WORD) {
                    current.add(Float.parseFloat(tokens.sval));
                } else if (tokens.ttype == '}') {
                    all.add(new YamnetReference(floats(waveform), floats(logMel), floats(scores)));
                    waveform.clear();
                    logMel.clear();
                    scores.clear();
                }
            }
        }
        return all;
    }

    private static float[] floats(List<Float> numbers) {
        float[] floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = numbers.get(i);
        }
        return floats;
    }
}
