// SPDX-License-Identifier: Apache-2.0
package org.polias.app.acoustics;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polias.app.cli.CommandFailed;
import org.polias.model.acoustics.SoundClass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CorpusTest {

    @Test
    void onlyWhatMayBeSharedUnderAnyLicenceIsLearntFrom() {
        assertThat(Corpus.entries()).hasSize(302).allSatisfy(entry -> {
            assertThat(entry.licence()).matches("CC0|CC BY( [234]\\.0)?");
            assertThat(entry.author()).isNotBlank();
        });
        assertThat(Corpus.entries().stream()
                        .filter(entry -> entry.soundClass() == SoundClass.GUNSHOT)
                        .count())
                .isEqualTo(10);
    }

    @Test
    void aFolderWithoutTheRecordingsIsRefusedByName(@TempDir Path empty) {
        assertThatThrownBy(() -> Corpus.read(empty))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("302 of the 302 recordings")
                .hasMessageContaining("Maybe");
    }

    @Test
    void foldersOfKnownCollectionsMeanOurClasses() {
        assertThat(ClassNames.find("gun_shot")).contains(SoundClass.GUNSHOT);
        assertThat(ClassNames.find("Gunshot")).contains(SoundClass.GUNSHOT);
        assertThat(ClassNames.find("door-wood-knock")).contains(SoundClass.IMPACT);
        assertThat(ClassNames.find("fireworks")).contains(SoundClass.FIREWORK);
        assertThat(ClassNames.find("misc")).isEmpty();
    }
}
