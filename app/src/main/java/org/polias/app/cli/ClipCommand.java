// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

import org.polias.edge.clip.ClipKeys;
import org.polias.edge.clip.SealedClip;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code polias clip}: sealed clips of sound, for who may listen to them. */
@Command(name = "clip", description = "Make keys for sealed clips of sound, and open clips.")
final class ClipCommand extends VerbGroup {

    private static final int WAV_HEAD_BYTES = 44;
    private static final long MOST_BYTES = 64L << 20;

    @Command(
            name = "keys",
            description = {
                "Make a pair of keys for sealed clips.",
                "The public key is printed; it belongs into the city's files, as mapping.listen.clipKey of a microphone's datastream of sound"
                        + " events. The private key is written to FILE, which must not exist yet: who has it can listen."
            })
    int keys(
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            required = true,
                            description = "Where to write the private key.")
                    Path out) {
        try {
            PrintWriter to = spec.commandLine().getOut();
            to.println(ClipKeys.generate(out));
            to.flush();
            return ExitCode.DONE;
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "The file %s exists already; a key is not overwritten.%nMaybe choose another name.".formatted(out),
                    e);
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.FAILED, "The key cannot be written to %s: %s".formatted(out, Faults.reason(e)), e);
        }
    }

    @Command(
            name = "open",
            description = {
                "Open a sealed clip and write its sound as a WAV file.",
                "Clips lie in the data directory, under clips/, by the names that observations give them."
            })
    int open(
            @Parameters(paramLabel = "FILE", description = "The sealed clip.") Path file,
            @Option(
                            names = "--key",
                            paramLabel = "FILE",
                            required = true,
                            description = "The private key, as './polias clip keys' wrote it.")
                    Path key,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            description = "The WAV file to write (default: the clip's name with .wav, here).")
                    Optional<Path> out) {
        String privateKey = new String(read(key), StandardCharsets.ISO_8859_1);
        return switch (SealedClip.open(read(file), privateKey)) {
            case SealedClip.Opening.Refused refused ->
                throw new CommandFailed(ExitCode.FAILED, "%s: %s".formatted(file, refused.why()));
            case SealedClip.Opening.Opened(SealedClip.Clip clip) -> {
                Path wav = out.orElseGet(
                        () -> Path.of(file.getFileName().toString().replaceFirst("\\.clip$", "") + ".wav"));
                try {
                    Files.write(wav, wav(clip));
                } catch (IOException e) {
                    throw new CommandFailed(
                            ExitCode.FAILED,
                            "The sound cannot be written to %s: %s".formatted(wav, Faults.reason(e)),
                            e);
                }
                PrintWriter to = spec.commandLine().getOut();
                to.printf(
                        "%s: %.1f s of %s, from %s%n",
                        wav, (double) clip.samples().length / clip.rate_Hz(), clip.datastream(), clip.begin());
                to.flush();
                yield ExitCode.DONE;
            }
        };
    }

    private static byte[] read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new CommandFailed(
                        ExitCode.FAILED, "The file %s is too large to be a clip or a key.".formatted(file));
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new CommandFailed(ExitCode.FAILED, "There is no file %s.".formatted(file), e);
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.FAILED, "The file %s cannot be read: %s".formatted(file, Faults.reason(e)), e);
        }
    }

    /** RIFF, WAVE: 16-bit PCM, mono. */
    private static byte[] wav(SealedClip.Clip clip) {
        short[] samples = clip.samples();
        int bytes = 2 * samples.length;
        ByteBuffer wav = ByteBuffer.allocate(WAV_HEAD_BYTES + bytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF")).putInt(WAV_HEAD_BYTES - 8 + bytes).put(ascii("WAVE"));
        wav.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
        wav.putInt(clip.rate_Hz())
                .putInt(2 * clip.rate_Hz())
                .putShort((short) 2)
                .putShort((short) 16);
        wav.put(ascii("data")).putInt(bytes);
        wav.asShortBuffer().put(samples);
        return wav.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
