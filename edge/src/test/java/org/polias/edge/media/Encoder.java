// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.media;

import java.nio.file.Path;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

import static org.assertj.core.api.Assertions.assertThat;

/** Files to read, written by FFmpeg itself. */
final class Encoder {

    static final int RATE_HZ = 48_000;

    private final AVFormatContext container = new AVFormatContext(null);
    private final AVPacket packet;
    private AVCodecContext codec;
    private AVStream stream;

    private Encoder(Path file) {
        assertThat(Ffmpeg.findFault()).isEmpty();
        packet = avcodec.av_packet_alloc();
        ok(avformat.avformat_alloc_output_context2(container, (AVOutputFormat) null, null, file.toString()));
    }

    /**
     * Writes sound.
     *
     * @param file whose ending says in which format
     * @param encoding FFmpeg's name of the encoder
     * @param samples mono; written to both channels
     */
    static void sound(Path file, String encoding, float[] samples) {
        new Encoder(file).writeSound(file, encoding, samples);
    }

    /** Writes a film without sound. */
    static void film(Path file) {
        new Encoder(file).writeFilm(file);
    }

    private void writeSound(Path file, String encoding, float[] samples) {
        AVCodec encoder = avcodec.avcodec_find_encoder_by_name(encoding);
        codec = avcodec.avcodec_alloc_context3(encoder);
        codec.sample_rate(RATE_HZ);
        avutil.av_channel_layout_default(codec.ch_layout(), 2);
        codec.sample_fmt(encoder.sample_fmts().get(0));
        codec.bit_rate(192_000);
        codec.strict_std_compliance(avcodec.FF_COMPLIANCE_EXPERIMENTAL);
        codec.time_base(new AVRational().num(1).den(RATE_HZ));
        begin(file, encoder);
        AVChannelLayout stereo = new AVChannelLayout();
        avutil.av_channel_layout_default(stereo, 2);
        SwrContext converter = new SwrContext(null);
        ok(swresample.swr_alloc_set_opts2(
                converter,
                codec.ch_layout(),
                codec.sample_fmt(),
                RATE_HZ,
                stereo,
                avutil.AV_SAMPLE_FMT_FLT,
                RATE_HZ,
                0,
                (Pointer) null));
        ok(swresample.swr_init(converter));
        int size = codec.frame_size() > 0 ? codec.frame_size() : 1024;
        for (int at = 0; at < samples.length; at += size) {
            int count = Math.min(size, samples.length - at);
            AVFrame frame = avutil.av_frame_alloc();
            frame.nb_samples(count);
            frame.format(codec.sample_fmt());
            frame.sample_rate(RATE_HZ);
            avutil.av_channel_layout_copy(frame.ch_layout(), codec.ch_layout());
            ok(avutil.av_frame_get_buffer(frame, 0));
            float[] block = new float[2 * count];
            for (int i = 0; i < block.length; i++) {
                block[i] = samples[at + i / 2];
            }
            try (FloatPointer in = new FloatPointer(block);
                    PointerPointer<FloatPointer> ins = new PointerPointer<FloatPointer>(1).put(0, in)) {
                ok(swresample.swr_convert(converter, frame.extended_data(), count, ins, count));
            }
            frame.pts(at);
            write(frame);
            avutil.av_frame_free(frame);
        }
        swresample.swr_free(converter);
        end();
    }

    private void writeFilm(Path file) {
        AVCodec encoder = avcodec.avcodec_find_encoder(avcodec.AV_CODEC_ID_MPEG4);
        codec = avcodec.avcodec_alloc_context3(encoder);
        codec.width(64);
        codec.height(64);
        codec.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
        codec.time_base(new AVRational().num(1).den(5));
        begin(file, encoder);
        for (int i = 0; i < 5; i++) {
            AVFrame frame = avutil.av_frame_alloc();
            frame.width(64);
            frame.height(64);
            frame.format(codec.pix_fmt());
            ok(avutil.av_frame_get_buffer(frame, 0));
            frame.pts(i);
            write(frame);
            avutil.av_frame_free(frame);
        }
        end();
    }

    private void begin(Path file, AVCodec encoder) {
        if ((container.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0) {
            codec.flags(codec.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
        }
        ok(avcodec.avcodec_open2(codec, encoder, (AVDictionary) null));
        stream = avformat.avformat_new_stream(container, encoder);
        stream.time_base(codec.time_base());
        ok(avcodec.avcodec_parameters_from_context(stream.codecpar(), codec));
        AVIOContext out = new AVIOContext(null);
        ok(avformat.avio_open(out, file.toString(), avformat.AVIO_FLAG_WRITE));
        container.pb(out);
        ok(avformat.avformat_write_header(container, (AVDictionary) null));
    }

    private void write(AVFrame frame) {
        ok(avcodec.avcodec_send_frame(codec, frame));
        while (avcodec.avcodec_receive_packet(codec, packet) >= 0) {
            avcodec.av_packet_rescale_ts(packet, codec.time_base(), stream.time_base());
            packet.stream_index(0);
            ok(avformat.av_interleaved_write_frame(container, packet));
        }
    }

    private void end() {
        write(null);
        ok(avformat.av_write_trailer(container));
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(codec);
        avformat.avio_closep(container.pb());
        avformat.avformat_free_context(container);
    }

    private static void ok(int result) {
        assertThat(result).as(() -> Ffmpeg.reason(result)).isGreaterThanOrEqualTo(0);
    }
}
