// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.media;

import java.time.Duration;

import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;

/** Sound that is fetched over the network while it is made, as 16 kHz mono. Opened and read by one thread, ended by any. */
public final class LiveAudio {

    private final StreamAddress address;
    private final Patience waiting;

    /** @param patience how long nothing may come */
    public LiveAudio(StreamAddress address, Duration patience) {
        this.address = address;
        this.waiting = new Patience(patience);
    }

    /** Makes whoever opens or reads it come to its end soon. */
    public void end() {
        waiting.end();
    }

    /**
     * Gives up waiting for the network: when nothing came for the patience, or when it was told to. FFmpeg asks it from within its calls.
     */
    static final class Patience extends AVIOInterruptCB.Callback_Pointer {

        private final long patience_ns;
        private volatile long waitingSince_ns = System.nanoTime();
        private volatile boolean isOver;

        Patience(Duration patience) {
            this.patience_ns = patience.toNanos();
        }

        /** Something came. */
        void renew() {
            waitingSince_ns = System.nanoTime();
        }

        /** Waits no longer; from any thread. */
        void end() {
            isOver = true;
        }

        boolean isExhausted() {
            return isOver || System.nanoTime() - waitingSince_ns > patience_ns;
        }

        @Override
        public int call(Pointer opaque) {
            return isExhausted() ? 1 : 0;
        }
    }

    /** Connects, and reads until it is known what comes. */
    public AudioFiles.Opening open() {
        return Ffmpeg.findFault()
                .<AudioFiles.Opening>map(AudioFiles.Opening.Refused::new)
                .orElseGet(this::connect);
    }

    private AudioFiles.Opening connect() {
        avformat.avformat_network_init();
        AVFormatContext container = avformat.avformat_alloc_context();
        container.interrupt_callback().callback(waiting);
        AVDictionary options = new AVDictionary(null);
        String location =
                switch (address.kind()) {
                    case RTSP -> {
                        // Over TCP nothing is lost on the way, and no port has to be open here.
                        avutil.av_dict_set(options, "rtsp_transport", "tcp", 0);
                        avutil.av_dict_set(options, "allowed_media_types", "audio", 0);
                        avutil.av_dict_set(options, "protocol_whitelist", "rtsp,rtsps,rtp,tcp,tls,udp", 0);
                        yield address.text();
                    }
                    case HTTP -> {
                        avutil.av_dict_set(options, "protocol_whitelist", "http,https,tcp,tls", 0);
                        avutil.av_dict_set(options, "format_whitelist", AudioStream.FORMATS, 0);
                        yield address.text();
                    }
                    case SDP -> {
                        avutil.av_dict_set(options, "protocol_whitelist", "file,rtp,udp", 0);
                        avutil.av_dict_set(options, "format_whitelist", "sdp", 0);
                        yield "file:" + address.text();
                    }
                };
        avutil.av_dict_set(options, "fflags", "nobuffer", 0);
        // A second of sound tells what it is; more would only make it late.
        avutil.av_dict_set(options, "analyzeduration", "1000000", 0);
        waiting.renew();
        return AudioStream.open(location, container, options, waiting);
    }
}
