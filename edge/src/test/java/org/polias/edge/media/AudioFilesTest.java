// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Every file holds the same: a click at 0.5 s in a tone of 440 Hz and amplitude 0.25, from 0.25 s to the end at 2 s. */
class AudioFilesTest {

    private static final double SECONDS = 2;
    private static final double TONE = 0.25;
    private static final Map<String, String> ENCODED =
            Map.of("a.wav", "pcm_s16le", "a.flac", "flac", "a.ogg", "vorbis", "a.mp3", "libmp3lame", "a.m4a", "aac");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyWavIsRead() {
        return Stream.of(
                        new Wav(16_000, 1, 16, false),
                        new Wav(8_000, 1, 16, false),
                        new Wav(11_025, 2, 16, false),
                        new Wav(44_100, 2, 16, false),
                        new Wav(48_000, 6, 16, false),
                        new Wav(192_000, 1, 24, false),
                        new Wav(192_000, 2, 32, true),
                        new Wav(44_100, 1, 8, false),
                        new Wav(48_000, 2, 24, false),
                        new Wav(16_000, 1, 32, false),
                        new Wav(96_000, 1, 64, true),
                        new Wav(22_050, 8, 16, false))
                .map(wav -> DynamicTest.dynamicTest(wav.toString(), () -> {
                    Path file = Files.write(folder.resolve("a.wav"), wav.bytes());
                    Sound sound = read(file);
                    assertThat(sound.fault).isEmpty();
                    assertThat(sound.format.sampleRate_Hz()).isEqualTo(wav.rate_Hz);
                    assertThat(sound.format.channels()).isEqualTo(wav.channels);
                    assertIsTheSound(sound, wav.bits == 8 ? 0.02 : 0.005);
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyEncodingIsRead() {
        return Stream.of(
                        List.of("a.flac", "flac"),
                        List.of("a.ogg", "vorbis"),
                        List.of("a.opus", "libopus"),
                        List.of("a.mp3", "libmp3lame"),
                        List.of("a.m4a", "aac"),
                        List.of("a.aiff", "pcm_s16be"),
                        List.of("a.mka", "flac"),
                        List.of("a.wv", "wavpack"),
                        List.of("a.wav", "pcm_mulaw"))
                .map(each -> DynamicTest.dynamicTest(each.getFirst() + " " + each.getLast(), () -> {
                    Path file = folder.resolve(each.getFirst());
                    Encoder.sound(file, each.getLast(), sound(Encoder.RATE_HZ));
                    Sound sound = read(file);
                    assertThat(sound.fault).isEmpty();
                    assertIsTheSound(sound, 0.05);
                }));
    }

    @Test
    void aNameThatIsWrongIsOfNoMatter() throws Exception {
        Path mp3 = folder.resolve("real.mp3");
        Encoder.sound(mp3, "libmp3lame", sound(Encoder.RATE_HZ));
        for (String name : List.of(
                "really-an-mp3.wav", "really an mp3 – žluťoučký kůň 100% #1?.txt", "file:http:concat|.flac", "-")) {
            Sound sound = read(Files.copy(mp3, folder.resolve(name)));
            assertThat(sound.format.codec()).as(name).startsWith("mp3");
            assertIsTheSound(sound, 0.05);
        }
    }

    @Test
    void theMeanOfTheChannelsIsTaken() throws IOException {
        // The other channel is silent.
        Path file = Files.write(folder.resolve("a.wav"), new Wav(16_000, 2, 16, false, 1).bytes());
        assertThat(rms(read(file).samples, 12_000, 30_000)).isCloseTo(TONE / 2 / Math.sqrt(2), within(0.003));
    }

    @Test
    void whatIsClippedStaysSo() throws IOException {
        Wav loud = new Wav(16_000, 1, 16, false);
        loud.gain = 20;
        Sound sound = read(Files.write(folder.resolve("a.wav"), loud.bytes()));
        float highest = 0;
        for (float sample : sound.samples) {
            highest = Math.max(highest, Math.abs(sample));
        }
        assertThat(highest).isBetween(0.99f, 1.01f);
    }

    @Test
    void silenceIsSilence() throws IOException {
        Wav silent = new Wav(44_100, 2, 16, false);
        silent.gain = 0;
        Sound sound = read(Files.write(folder.resolve("a.wav"), silent.bytes()));
        assertThat(sound.samples.length).isCloseTo(32_000, within(20));
        assertThat(sound.samples).containsOnly(0);
    }

    @Test
    void whatIsNoAudioFileIsSaidToBeNone() throws IOException {
        assertThat(refusal(folder.resolve("nothing.wav"))).isEqualTo(AudioFault.Code.MISSING);
        assertThat(refusal(folder)).isEqualTo(AudioFault.Code.NOT_A_FILE);
        assertThat(refusal(Files.createFile(folder.resolve("empty.wav")))).isEqualTo(AudioFault.Code.EMPTY);
        byte[] noise = new byte[100_000];
        for (int seed = 0; seed < 20; seed++) {
            new SplittableRandom(seed).nextBytes(noise);
            Path file = Files.write(folder.resolve("noise.wav"), noise);
            assertThat(refusal(file))
                    .as("noise %d", seed)
                    .isIn(AudioFault.Code.NOT_AUDIO, AudioFault.Code.CORRUPT, AudioFault.Code.NO_SOUND);
        }
        for (String text : List.of(
                "Just some words.\n".repeat(1000),
                "ffconcat version 1.0\nfile 'a.wav'\n",
                "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n",
                "{\"not\": \"audio\"}",
                "RIFF",
                "x")) {
            Path file = Files.writeString(folder.resolve("text.wav"), text);
            assertThat(refusal(file))
                    .as(text.lines().findFirst().orElse(""))
                    .isIn(AudioFault.Code.NOT_AUDIO, AudioFault.Code.CORRUPT);
        }
    }

    @Test
    void aListOfFilesIsNoWayToOtherFiles() throws IOException {
        Files.write(folder.resolve("secret.wav"), new Wav(16_000, 1, 16, false).bytes());
        Path list = Files.writeString(folder.resolve("list.m3u8"), "ffconcat version 1.0\nfile secret.wav\n");
        assertThat(refusal(list)).isEqualTo(AudioFault.Code.NOT_AUDIO);
    }

    @Test
    void aPipeIsNotWaitedFor() throws Exception {
        Path pipe = folder.resolve("pipe.wav");
        Process mkfifo =
                new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start();
        Assumptions.assumeTrue(mkfifo.waitFor() == 0, "there are no pipes here");
        assertThat(refusal(pipe)).isEqualTo(AudioFault.Code.NOT_A_FILE);
    }

    @Test
    void aWavThatIsCutOffGivesWhatThereIsAndSaysSo() throws IOException {
        byte[] whole = new Wav(16_000, 1, 16, false).bytes();
        Sound sound = read(Files.write(folder.resolve("a.wav"), Arrays.copyOf(whole, 44 + 32_000)));
        assertThat(sound.samples.length).isCloseTo(16_000, within(20));
        assertThat(sound.fault)
                .hasValue(
                        new AudioFault(AudioFault.Code.TRUNCATED, "Its head speaks of 64044 bytes, and it has 32044."));
    }

    @Test
    void everyFileCutOffAnywhereIsReadOrRefused() throws Exception {
        for (Map.Entry<String, String> each : ENCODED.entrySet()) {
            String name = each.getKey();
            Path file = folder.resolve(name);
            Encoder.sound(file, each.getValue(), sound(Encoder.RATE_HZ));
            byte[] whole = Files.readAllBytes(file);
            for (int part : new int[] {1, 10, 40, 100, 500, whole.length / 2, whole.length - 10}) {
                Path cut =
                        Files.write(folder.resolve("cut-" + name), Arrays.copyOf(whole, Math.min(part, whole.length)));
                readOrRefused(cut);
            }
        }
    }

    @Test
    void everyFileWithWrongBytesIsReadOrRefused() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        for (Map.Entry<String, String> each : ENCODED.entrySet()) {
            String name = each.getKey();
            Path file = folder.resolve(name);
            Encoder.sound(file, each.getValue(), sound(Encoder.RATE_HZ));
            byte[] whole = Files.readAllBytes(file);
            for (int trial = 0; trial < 30; trial++) {
                byte[] damaged = whole.clone();
                // At first only the head, which says how long and wide everything is.
                int reach = trial < 20 ? Math.min(200, damaged.length) : damaged.length;
                for (int i = 0; i < 1 + trial; i++) {
                    damaged[random.nextInt(reach)] = (byte) random.nextInt();
                }
                readOrRefused(Files.write(folder.resolve("damaged-" + name), damaged));
            }
        }
    }

    @Test
    void damageInTheMiddleIsSaid() throws Exception {
        Path file = folder.resolve("a.flac");
        Encoder.sound(file, "flac", sound(Encoder.RATE_HZ));
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 3000, (byte) 0);
        Sound sound = read(Files.write(file, bytes));
        assertThat(sound.samples.length).isGreaterThan(16_000);
        assertThat(sound.fault).isPresent();
    }

    @Test
    void aFilmWithoutSoundHasNone() throws Exception {
        Path file = folder.resolve("silent.mp4");
        Encoder.film(file);
        assertThat(refusal(file)).isEqualTo(AudioFault.Code.NO_SOUND);
    }

    @Test
    void aHeadWithoutSoundHasNone() throws IOException {
        byte[] head = Arrays.copyOf(new Wav(16_000, 1, 16, false).bytes(), 44);
        assertThat(refusal(Files.write(folder.resolve("head.wav"), head)))
                .isIn(AudioFault.Code.NO_SOUND, AudioFault.Code.CORRUPT);
    }

    /** Its container does not say what the encoder put before the sound: times are known to a frame, 43 ms. */
    @Test
    void ofWindowsMediaAudioTheTimeIsKnownToAFrame() throws Exception {
        Path file = folder.resolve("a.wma");
        Encoder.sound(file, "wmav2", sound(Encoder.RATE_HZ));
        Sound sound = read(file);
        assertThat(sound.fault).isEmpty();
        assertIsTheSound(sound, 0.05, 0.045);
    }

    private void assertIsTheSound(Sound sound, double tolerance) {
        assertIsTheSound(sound, tolerance, 0.002);
    }

    private void assertIsTheSound(Sound sound, double tolerance, double time_s) {
        assertThat(sound.samples.length / 16_000.0).isCloseTo(SECONDS, within(0.1));
        assertThat(rms(sound.samples, 12_000, 30_000)).as("tone").isCloseTo(TONE / Math.sqrt(2), within(tolerance));
        assertThat(rms(sound.samples, 0, 3_500)).as("silence before").isLessThan(tolerance);
        int highest = 0;
        for (int i = 0; i < sound.samples.length; i++) {
            if (Math.abs(sound.samples[i]) > Math.abs(sound.samples[highest])) {
                highest = i;
            }
        }
        assertThat(highest / 16_000.0).as("the click's time").isCloseTo(0.5, within(time_s));
    }

    private static double rms(float[] samples, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += samples[i] * samples[i];
        }
        return Math.sqrt(sum / (to - from));
    }

    private static float[] sound(int rate_Hz) {
        float[] samples = new float[(int) (SECONDS * rate_Hz)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) value((double) i / rate_Hz);
        }
        return samples;
    }

    private static double value(double t_s) {
        double click = t_s >= 0.5 && t_s < 0.5005 ? 0.7 : 0;
        return t_s < 0.25 ? 0 : TONE * Math.sin(2 * Math.PI * 440 * t_s) + click;
    }

    private record Sound(AudioFormat format, float[] samples, Optional<AudioFault> fault) {}

    private static Sound read(Path file) {
        return switch (AudioFiles.open(file)) {
            case AudioFiles.Opening.Opened(AudioStream stream) -> {
                try (stream) {
                    yield drained(stream);
                }
            }
            case AudioFiles.Opening.Refused(AudioFault fault) ->
                throw new AssertionError("%s: %s".formatted(file, fault));
        };
    }

    private static Sound drained(AudioStream stream) {
        float[] all = new float[1 << 20];
        int size = 0;
        int count;
        while ((count = stream.read(all, size, Math.min(1000, all.length - size))) > 0) {
            size += count;
        }
        assertThat(stream.samples()).isEqualTo(size);
        return new Sound(stream.format(), Arrays.copyOf(all, size), stream.findFault());
    }

    /** Why there is nothing to listen to. */
    private static AudioFault.Code refusal(Path file) {
        return switch (AudioFiles.open(file)) {
            case AudioFiles.Opening.Opened(AudioStream stream) -> {
                try (stream) {
                    Sound sound = drained(stream);
                    assertThat(sound.samples).as("%s", sound).isEmpty();
                    yield sound.fault.orElseThrow().code();
                }
            }
            case AudioFiles.Opening.Refused(AudioFault fault) -> {
                assertThat(fault.message()).isNotBlank();
                yield fault.code();
            }
        };
    }

    /** It does not throw, and ends. */
    private static void readOrRefused(Path file) {
        float[] block = new float[16_000];
        switch (AudioFiles.open(file)) {
            case AudioFiles.Opening.Opened(AudioStream stream) -> {
                try (stream) {
                    int blocks = 0;
                    while (stream.read(block, 0, block.length) > 0 && blocks < 10_000) {
                        blocks++;
                    }
                }
            }
            case AudioFiles.Opening.Refused(AudioFault fault) ->
                assertThat(fault.message()).isNotBlank();
        }
    }

    /** A RIFF file, byte by byte. */
    private static final class Wav {
        final int rate_Hz;
        final int channels;
        final int bits;
        final boolean isFloat;
        final int sounding;
        double gain = 1;

        Wav(int rate_Hz, int channels, int bits, boolean isFloat) {
            this(rate_Hz, channels, bits, isFloat, channels);
        }

        Wav(int rate_Hz, int channels, int bits, boolean isFloat, int sounding) {
            this.rate_Hz = rate_Hz;
            this.channels = channels;
            this.bits = bits;
            this.isFloat = isFloat;
            this.sounding = sounding;
        }

        byte[] bytes() {
            int frames = (int) (SECONDS * rate_Hz);
            int width = bits / 8 * channels;
            ByteBuffer out = ByteBuffer.allocate(44 + frames * width).order(ByteOrder.LITTLE_ENDIAN);
            out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + frames * width);
            out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
            out.putShort((short) (isFloat ? 3 : 1)).putShort((short) channels);
            out.putInt(rate_Hz).putInt(rate_Hz * width).putShort((short) width).putShort((short) bits);
            out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(frames * width);
            for (int i = 0; i < frames; i++) {
                double value = gain * value((double) i / rate_Hz);
                for (int c = 0; c < channels; c++) {
                    put(out, c < sounding ? Math.clamp(value, -1, 1) : 0);
                }
            }
            return out.array();
        }

        private void put(ByteBuffer out, double value) {
            switch (bits) {
                case 8 -> out.put((byte) Math.round(128 + 127 * value));
                case 16 -> out.putShort((short) Math.round(32_767 * value));
                case 24 -> {
                    int number = (int) Math.round(8_388_607 * value);
                    out.put((byte) number).put((byte) (number >> 8)).put((byte) (number >> 16));
                }
                case 32 -> {
                    if (isFloat) {
                        out.putFloat((float) value);
                    } else {
                        out.putInt((int) Math.round(2_147_483_647 * value));
                    }
                }
                default -> out.putDouble(value);
            }
        }

        @Override
        public String toString() {
            return "%d Hz, %d channels, %d bits%s".formatted(rate_Hz, channels, bits, isFloat ? " float" : "");
        }
    }
}
