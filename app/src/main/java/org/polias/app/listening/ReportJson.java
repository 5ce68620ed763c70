// SPDX-License-Identifier: Apache-2.0
package org.polias.app.listening;

import java.util.List;
import java.util.Map;

import org.polias.edge.media.AudioFault;
import org.polias.edge.media.AudioFormat;
import org.polias.model.acoustics.SoundClass;
import org.polias.model.acoustics.SoundEvent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A report as JSON, as {@code docs/listen.schema.json} describes it. */
public final class ReportJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportJson() {}

    /** One object on one line. */
    public static String line(FileReport report, String classifier) {
        ObjectNode root = JSON.createObjectNode();
        root.put("file", report.file().toString());
        root.set(
                "error",
                report.isFailed()
                        ? fault(report.fault().orElseThrow())
                        : JSON.getNodeFactory().nullNode());
        root.set(
                "warning",
                report.fault().isPresent() && !report.isFailed()
                        ? fault(report.fault().get())
                        : JSON.getNodeFactory().nullNode());
        root.set("format", report.format().map(ReportJson::format).orElse(null));
        root.put("duration_s", rounded(report.duration_s(), 3));
        root.put("classifier", classifier);
        ArrayNode events = root.putArray("events");
        List<Boolean> called = report.calledShots();
        for (int i = 0; i < called.size(); i++) {
            events.add(event(report.events().get(i), called.get(i)));
        }
        if (!report.windows().isEmpty()) {
            ArrayNode windows = root.putArray("windows");
            report.windows().forEach(window -> {
                ObjectNode node = windows.addObject();
                SoundClass best = best(window.probabilities());
                node.put("begin_s", rounded(window.begin_s(), 4));
                node.put("class", best.code());
                node.put("probability", rounded(window.probabilities().get(best), 6));
                node.put("level_dB", rounded(window.level_dB(), 2));
                node.set("probabilities", probabilities(window.probabilities()));
            });
        }
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The most probable class. */
    public static SoundClass best(Map<SoundClass, Double> probabilities) {
        SoundClass best = SoundClass.AMBIENT;
        for (Map.Entry<SoundClass, Double> each : probabilities.entrySet()) {
            best = each.getValue() > probabilities.getOrDefault(best, 0.0) ? each.getKey() : best;
        }
        return best;
    }

    private static ObjectNode event(FileReport.Event event, boolean isCalledShot) {
        SoundEvent heard = event.heard();
        ObjectNode node = JSON.createObjectNode();
        SoundClass best = best(heard.probabilities());
        node.put("class", best.code());
        node.put("probability", rounded(heard.probabilities().get(best), 6));
        node.put("called_shot", isCalledShot);
        node.put("onset_s", rounded(event.onset_s(), 6));
        node.put("onset_sigma_s", rounded(heard.onsetSigma_s(), 6));
        node.put("duration_s", rounded(heard.duration_s(), 3));
        node.put("level_dB", rounded(heard.level_dB(), 2));
        node.put("peak_dB", rounded(heard.peak_dB(), 2));
        node.put("snr_dB", rounded(heard.snr_dB(), 2));
        node.put("calibrated", heard.calibrated());
        node.put("clipped", event.isClipped());
        node.set("probabilities", probabilities(heard.probabilities()));
        return node;
    }

    private static ObjectNode probabilities(Map<SoundClass, Double> probabilities) {
        ObjectNode node = JSON.createObjectNode();
        probabilities.forEach((each, p) -> node.put(each.code(), rounded(p, 6)));
        return node;
    }

    private static ObjectNode fault(AudioFault fault) {
        return JSON.createObjectNode().put("code", fault.code().text()).put("message", fault.message());
    }

    private static ObjectNode format(AudioFormat format) {
        ObjectNode node = JSON.createObjectNode();
        node.put("container", format.container());
        node.put("codec", format.codec());
        node.put("sample_rate_Hz", format.sampleRate_Hz());
        node.put("channels", format.channels());
        return node;
    }

    private static double rounded(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }
}
