// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.media;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;
import org.polias.perceive.acoustics.SoundClassifier;

/**
 * The sound of an opened file or connection, from its beginning to its end: 16 kHz, mono (the mean of all channels, as FFmpeg weighs them), -1 to 1. It
 * is decoded as it is read: memory does not grow with the file. For one thread.
 */
public final class AudioStream implements AutoCloseable {

    /** What files of sound are, films included; and no format that refers to other files. */
    static final String FORMATS =
            "wav,w64,aiff,au,caf,flac,ogg,mp3,aac,mov,matroska,asf,avi,mpegts,mpeg,ac3,eac3,dts,wv,ape,tta,tak,mpc,mpc8,amr,"
                    + "voc,ircam,sox,nut,flv,loas,xwma,dsf,oma,rm,nistsphere,pvf";

    private static final int LEAST_RATE_HZ = 1000;
    private static final int HIGHEST_RATE_HZ = 3_000_000;
    private static final int MOST_CHANNELS = 64;
    /** A frame's worth of channels are laid out in what FFmpeg holds, so that a few seconds are the most that a frame can be. */
    private static final int FIRST_OUTPUT = 16_384;

    /** It may end so much before it says without anyone's minding, in seconds and as a part: encoders round. */
    private static final double TOLERANCE_S = 0.2;

    private static final double TOLERANCE_PART = 0.01;

    private final AVFormatContext container;
    private final AVCodecContext decoder;
    private final int streamIndex;
    private final AudioFormat format;
    private final boolean isDurationSure;
    private final Optional<AudioFault> shortness;
    private final Optional<LiveAudio.Patience> waiting;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFrame frame = avutil.av_frame_alloc();
    private final AVChannelLayout mono = new AVChannelLayout();
    private final AVChannelLayout sourceLayout = new AVChannelLayout();
    private @Nullable SwrContext resampler;
    private int sourceRate_Hz;
    private int sourceFormat = -1;
    private int sourceChannels;

    private FloatPointer output = new FloatPointer(FIRST_OUTPUT);
    private PointerPointer<FloatPointer> outputs = new PointerPointer<FloatPointer>(1).put(0, output);
    private int outputCapacity = FIRST_OUTPUT;
    private float[] ready = new float[FIRST_OUTPUT];
    private int readyAt;
    private int readyEnd;

    private long decoded;
    private long badPackets;
    private long packets;
    private @Nullable AudioFault fault;
    private boolean isRead;
    private boolean isDrained;
    private boolean isClosed;

    private AudioStream(
            AVFormatContext container,
            AVCodecContext decoder,
            int streamIndex,
            AudioFormat format,
            boolean isDurationSure,
            Optional<AudioFault> shortness,
            Optional<LiveAudio.Patience> waiting) {
        this.container = container;
        this.decoder = decoder;
        this.streamIndex = streamIndex;
        this.format = format;
        this.isDurationSure = isDurationSure;
        this.shortness = shortness;
        this.waiting = waiting;
        avutil.av_channel_layout_default(mono, 1);
    }

    static AudioFiles.Opening open(Path file) {
        AVDictionary options = new AVDictionary(null);
        avutil.av_dict_set(options, "protocol_whitelist", "file", 0);
        avutil.av_dict_set(options, "format_whitelist", FORMATS, 0);
        AVFormatContext container = new AVFormatContext(null);
        int error =
                avformat.avformat_open_input(container, "file:" + file.toAbsolutePath(), (AVInputFormat) null, options);
        avutil.av_dict_free(options);
        return error < 0
                ? refused(AudioFault.Code.NOT_AUDIO, "It is no audio file in a format that is known (%s).", error)
                : begin(container, Riff.findShortness(file), null);
    }

    /**
     * Opens what comes from {@code location}.
     *
     * @param container where {@code waiting} is asked; it is closed with the stream, or at once if it cannot be opened
     * @param options are freed
     */
    static AudioFiles.Opening open(
            String location, AVFormatContext container, AVDictionary options, LiveAudio.Patience waiting) {
        int error = avformat.avformat_open_input(container, location, (AVInputFormat) null, options);
        avutil.av_dict_free(options);
        if (error < 0) {
            return waiting.isExhausted()
                    ? refused(AudioFault.Code.UNREACHABLE, "Nothing came from there for too long.")
                    : refused(AudioFault.Code.UNREACHABLE, "It cannot be fetched (%s).", error);
        }
        return begin(container, Optional.empty(), waiting);
    }

    private static AudioFiles.Opening begin(
            AVFormatContext opened, Optional<AudioFault> shortness, LiveAudio.@Nullable Patience waiting) {
        AVFormatContext container = opened;
        AVCodecContext decoder = null;
        try {
            if (waiting == null && container.probe_score() <= avformat.AVPROBE_SCORE_RETRY) {
                return refused(AudioFault.Code.NOT_AUDIO, "It is no audio file in a format that is known.");
            }
            int error = avformat.avformat_find_stream_info(container, (AVDictionary) null);
            int index = avformat.av_find_best_stream(container, avutil.AVMEDIA_TYPE_AUDIO, -1, -1, (AVCodec) null, 0);
            if (index == avutil.AVERROR_DECODER_NOT_FOUND()) {
                return refused(AudioFault.Code.UNSUPPORTED, "Its encoding is not known.");
            }
            if (index < 0) {
                return error < 0
                        ? refused(AudioFault.Code.CORRUPT, "Its head is damaged (%s).", error)
                        : refused(AudioFault.Code.NO_SOUND, "There is no sound in it.");
            }
            for (int i = 0; i < container.nb_streams(); i++) {
                if (i != index) {
                    container.streams(i).discard(avcodec.AVDISCARD_ALL);
                }
            }
            AVStream track = container.streams(index);
            AVCodecParameters parameters = track.codecpar();
            AVCodec codec = avcodec.avcodec_find_decoder(parameters.codec_id());
            String codecName = avcodec.avcodec_get_name(parameters.codec_id()).getString();
            if (codec == null || codec.isNull()) {
                return refused(AudioFault.Code.UNSUPPORTED, "Its encoding %s is not known.".formatted(codecName));
            }
            int rate_Hz = parameters.sample_rate();
            int channels = parameters.ch_layout().nb_channels();
            if (rate_Hz < LEAST_RATE_HZ || rate_Hz > HIGHEST_RATE_HZ || channels < 1 || channels > MOST_CHANNELS) {
                return refused(
                        AudioFault.Code.UNSUPPORTED,
                        "It claims to have %d channels at %d Hz.".formatted(channels, rate_Hz));
            }
            decoder = avcodec.avcodec_alloc_context3(codec);
            avcodec.avcodec_parameters_to_context(decoder, parameters);
            decoder.pkt_timebase(track.time_base());
            decoder.thread_count(1);
            error = avcodec.avcodec_open2(decoder, codec, (AVDictionary) null);
            if (error < 0) {
                return refused(
                        AudioFault.Code.UNSUPPORTED, "Its encoding " + codecName + " cannot be read (%s).", error);
            }
            long claimed = container.duration();
            OptionalDouble duration_s = claimed == avutil.AV_NOPTS_VALUE || claimed <= 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(claimed / (double) avutil.AV_TIME_BASE);
            boolean isSure = container.duration_estimation_method() != avformat.AVFMT_DURATION_FROM_BITRATE;
            AudioFormat format =
                    new AudioFormat(container.iformat().name().getString(), codecName, rate_Hz, channels, duration_s);
            AudioStream stream =
                    new AudioStream(container, decoder, index, format, isSure, shortness, Optional.ofNullable(waiting));
            container = null;
            decoder = null;
            return new AudioFiles.Opening.Opened(stream);
        } finally {
            if (decoder != null) {
                avcodec.avcodec_free_context(decoder);
            }
            if (container != null) {
                avformat.avformat_close_input(container);
            }
        }
    }

    public AudioFormat format() {
        return format;
    }

    /**
     * Reads on.
     *
     * @return how many samples were read, at least one; -1 at the end
     */
    public int read(float[] to, int from, int length) {
        if (isClosed) {
            throw new IllegalStateException("The stream is closed.");
        }
        while (readyAt == readyEnd) {
            if (isDrained) {
                return -1;
            }
            decode();
        }
        int count = Math.min(length, readyEnd - readyAt);
        System.arraycopy(ready, readyAt, to, from, count);
        readyAt += count;
        return count;
    }

    /** How many samples there were until now, at 16 kHz. */
    public long samples() {
        return decoded - (readyEnd - readyAt);
    }

    /**
     * What was wrong with the sound, once all of it has been read: some of it could not be decoded, or it ends before it says; empty
     * if nothing was.
     */
    public Optional<AudioFault> findFault() {
        return Optional.ofNullable(fault);
    }

    /** Decodes until there is something ready, or nothing more comes. */
    private void decode() {
        int error = avcodec.avcodec_receive_frame(decoder, frame);
        if (error >= 0) {
            resample();
            avutil.av_frame_unref(frame);
        } else if (error == avutil.AVERROR_EOF()) {
            drain();
        } else if (error == avutil.AVERROR_EAGAIN() && !isRead) {
            feed();
        } else {
            // A frame that is damaged; or a decoder that wants more when there is no more.
            badPackets++;
            if (isRead) {
                drain();
            }
        }
    }

    private void feed() {
        int error = avformat.av_read_frame(container, packet);
        waiting.filter(_ -> error >= 0).ifPresent(LiveAudio.Patience::renew);
        if (error < 0) {
            isRead = true;
            if (waiting.filter(LiveAudio.Patience::isExhausted).isPresent()) {
                fault = new AudioFault(AudioFault.Code.UNREACHABLE, "Nothing came from there for too long.");
            } else if (error != avutil.AVERROR_EOF()) {
                fault = new AudioFault(
                        AudioFault.Code.CORRUPT,
                        "It cannot be read beyond %.1f s (%s).".formatted(seconds(decoded), Ffmpeg.reason(error)));
            }
            avcodec.avcodec_send_packet(decoder, (AVPacket) null);
            return;
        }
        if (packet.stream_index() == streamIndex) {
            packets++;
            if (avcodec.avcodec_send_packet(decoder, packet) < 0) {
                badPackets++;
            }
        }
        avcodec.av_packet_unref(packet);
    }

    private void resample() {
        if (frame.sample_rate() != sourceRate_Hz
                || frame.format() != sourceFormat
                || frame.ch_layout().nb_channels() != sourceChannels) {
            flush();
            if (!configure()) {
                return;
            }
        }
        SwrContext current = resampler;
        if (current != null) {
            convert(current, frame.extended_data(), frame.nb_samples());
        }
    }

    /** Prepares for frames like the present one. */
    private boolean configure() {
        freeResampler();
        sourceRate_Hz = frame.sample_rate();
        sourceFormat = frame.format();
        sourceChannels = frame.ch_layout().nb_channels();
        avutil.av_channel_layout_uninit(sourceLayout);
        // Channels of which nothing is said are those that so many usually are.
        if (frame.ch_layout().order() == avutil.AV_CHANNEL_ORDER_UNSPEC) {
            avutil.av_channel_layout_default(sourceLayout, sourceChannels);
        } else {
            avutil.av_channel_layout_copy(sourceLayout, frame.ch_layout());
        }
        SwrContext created = new SwrContext(null);
        int error = swresample.swr_alloc_set_opts2(
                created,
                mono,
                avutil.AV_SAMPLE_FMT_FLT,
                SoundClassifier.SAMPLE_RATE_HZ,
                sourceLayout,
                sourceFormat,
                sourceRate_Hz,
                0,
                (Pointer) null);
        if (error >= 0) {
            // The mean of the channels, not their sum: it must not become louder than each.
            avutil.av_opt_set_double(created, "rematrix_maxval", 1, 0);
            error = swresample.swr_init(created);
        }
        if (error < 0) {
            swresample.swr_free(created);
            fault = new AudioFault(
                    AudioFault.Code.UNSUPPORTED,
                    "%d channels at %d Hz cannot be mixed down (%s)."
                            .formatted(sourceChannels, sourceRate_Hz, Ffmpeg.reason(error)));
            return false;
        }
        resampler = created;
        return true;
    }

    private void convert(SwrContext current, @Nullable PointerPointer<?> samples, int count) {
        int room = swresample.swr_get_out_samples(current, count);
        if (room <= 0) {
            return;
        }
        if (room > outputCapacity) {
            outputs.close();
            output.close();
            outputCapacity = room;
            output = new FloatPointer(room);
            outputs = new PointerPointer<FloatPointer>(1).put(0, output);
        }
        int converted = swresample.swr_convert(current, outputs, outputCapacity, samples, count);
        if (converted < 0) {
            badPackets++;
            return;
        }
        if (readyAt == readyEnd) {
            readyAt = 0;
            readyEnd = 0;
        }
        if (ready.length - readyEnd < converted) {
            float[] larger = new float[readyEnd + converted];
            System.arraycopy(ready, 0, larger, 0, readyEnd);
            ready = larger;
        }
        output.position(0).get(ready, readyEnd, converted);
        readyEnd += converted;
        decoded += converted;
    }

    /** Lets the resampler give what it still holds. */
    private void flush() {
        SwrContext current = resampler;
        if (current != null) {
            convert(current, null, 0);
        }
    }

    private void drain() {
        flush();
        isDrained = true;
        if (fault != null) {
            return;
        }
        double missing_s = format.duration_s().orElse(0) - seconds(decoded);
        if (decoded == 0) {
            fault = badPackets > 0
                    ? new AudioFault(AudioFault.Code.CORRUPT, "Nothing of it can be decoded.")
                    : new AudioFault(AudioFault.Code.NO_SOUND, "There is no sound in it: it lasts 0 s.");
        } else if (isDurationSure
                && missing_s
                        > Math.max(
                                TOLERANCE_S,
                                TOLERANCE_PART * format.duration_s().orElse(0))) {
            fault = new AudioFault(
                    AudioFault.Code.TRUNCATED,
                    "It says that it lasts %.1f s, and ends after %.1f s."
                            .formatted(format.duration_s().orElse(0), seconds(decoded)));
        } else if (shortness.isPresent()) {
            fault = shortness.get();
        } else if (badPackets > 0) {
            fault = new AudioFault(
                    AudioFault.Code.CORRUPT, "%d of its %d packets cannot be decoded.".formatted(badPackets, packets));
        }
    }

    private static double seconds(long samples) {
        return (double) samples / SoundClassifier.SAMPLE_RATE_HZ;
    }

    private static AudioFiles.Opening refused(AudioFault.Code code, String message) {
        return new AudioFiles.Opening.Refused(new AudioFault(code, message));
    }

    private static AudioFiles.Opening refused(AudioFault.Code code, String message, int error) {
        return refused(code, message.formatted(Ffmpeg.reason(error)));
    }

    private void freeResampler() {
        SwrContext current = resampler;
        if (current != null) {
            swresample.swr_free(current);
            resampler = null;
        }
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        freeResampler();
        avutil.av_channel_layout_uninit(sourceLayout);
        avutil.av_channel_layout_uninit(mono);
        avutil.av_frame_free(frame);
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(decoder);
        avformat.avformat_close_input(container);
        outputs.close();
        output.close();
    }
}
