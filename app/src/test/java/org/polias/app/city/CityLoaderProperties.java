// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever the files contain, loading answers; and what it refuses it says where. */
class CityLoaderProperties {

    private static final List<String> NAMES = new ArrayList<>();
    private static Path folder = Path.of("");

    @BeforeContainer
    static void folder() throws IOException {
        folder = Files.createTempDirectory("city");
        NAMES.addAll(CityFiles.SOUND.keySet().stream().sorted().toList());
        NAMES.add("sources.yaml");
        new CityFiles(folder).write();
    }

    @AfterContainer
    static void clean() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Property(tries = 300)
    void anyBytesAreAnswered(@ForAll("fileNames") String name, @ForAll @Size(max = 300) byte[] content) {
        assertThatItAnswers(name, content);
    }

    @Property(tries = 300)
    void anyTextOfTheFormatsCharactersIsAnswered(@ForAll("fileNames") String name, @ForAll("syntax") String content) {
        assertThatItAnswers(name, content.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 600)
    void aSoundFileWithPiecesMovedIsAnswered(@ForAll("fileNames") String name, @ForAll("edits") List<Edit> edits) {
        StringBuilder text = new StringBuilder(CityFiles.SOUND.getOrDefault(name, "- {eve: a.json, datastream: b}"));
        for (Edit edit : edits) {
            int at = (int) (edit.place * text.length());
            int end = Math.min(text.length(), at + edit.length);
            text.replace(at, end, edit.text);
        }
        assertThatItAnswers(name, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> fileNames() {
        return Arbitraries.of(NAMES);
    }

    @Provide
    Arbitrary<String> syntax() {
        return Arbitraries.of(
                        "- ",
                        ": ",
                        "\n",
                        "  ",
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        "\"",
                        "'",
                        "&a ",
                        "*a",
                        "!!x ",
                        "|",
                        ">",
                        "? ",
                        "#",
                        "---\n",
                        "...\n",
                        "%",
                        "id",
                        "site",
                        "kind",
                        "1",
                        "-1e400",
                        "null",
                        "~",
                        "\t",
                        "\\u",
                        "\r",
                        "features",
                        "\"type\": \"FeatureCollection\"",
                        "\"properties\": {}",
                        "\"geometry\": null",
                        ";",
                        "\uFEFF",
                        "\u0000",
                        "\uD83D\uDE00")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.of(
                                "",
                                "\"",
                                "{",
                                "}",
                                "[",
                                "]",
                                ",",
                                ":",
                                "\n",
                                "-",
                                "null",
                                "0",
                                "1e999",
                                "market",
                                "lamp-1",
                                "é",
                                "x".repeat(3000),
                                "[]",
                                "{}",
                                "49.75"))
                .as(Edit::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    record Edit(double place, int length, String text) {}

    private static void assertThatItAnswers(String name, byte[] content) {
        try {
            Path file = folder.resolve(name);
            Files.write(file, content);
            if (CityLoader.load(folder) instanceof Loading.Refused refused) {
                assertThat(refused.problems().list()).isNotEmpty().allSatisfy(problem -> {
                    assertThat(problem.file()).isIn(NAMES);
                    assertThat(problem.message()).isNotBlank().doesNotContain("Exception");
                    assertThat(problem.line()).isNotNegative();
                });
                assertThat(refused.problems().render()).isNotBlank();
            }
            String sound = CityFiles.SOUND.get(name);
            if (sound == null) {
                Files.delete(file);
            } else {
                Files.writeString(file, sound);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
