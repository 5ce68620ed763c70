// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.cyber;

import java.util.List;
import java.util.Optional;

import org.polias.detect.Claim;
import org.polias.detect.Detector;
import org.polias.detect.Signal;
import org.polias.detect.Watched;
import org.polias.detect.settings.DetectorKind;
import org.polias.detect.settings.Parameters;
import org.polias.detect.settings.SiteIndex;
import org.polias.detect.settings.Subject;
import org.polias.detect.settings.Wiring;
import org.polias.model.city.Datastream;
import org.polias.model.city.ObservedProperty;
import org.polias.model.city.ResultKind;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.EntityRef;
import org.polias.model.detection.Phase;
import org.polias.model.event.Step;

/**
 * Every alert of a Suricata sensor is a detection of its own, whatever the order in which they come. Its place is that of the asset
 * that has the destination's address, else the source's, else the sensor's; it is about both addresses, the signature, the assets
 * of both ends and the ATT&CK techniques that the rule names. What it weighs: see {@code AlertWeight}, by severity and category.
 */
public record SuricataAlertDetector(Watched watched, AddressBook book, AlertWeight weight)
        implements Detector<SuricataAlertDetector.State> {

    public static final String NAME = "suricata-alert";

    public static final DetectorKind KIND = new DetectorKind(
            NAME,
            "An alert of a Suricata network sensor.",
            AlertWeight.PARAMETERS,
            site -> site.listDatastreamSubjects(SuricataAlertDetector::isNetwork),
            SuricataAlertDetector::assemble);

    /** It has nothing to remember. */
    public record State() {}

    private static final State NOTHING = new State();

    static boolean isNetwork(Datastream datastream) {
        return datastream.property().equals(ObservedProperty.NETWORK_EVENT)
                && datastream.resultKind() == ResultKind.EVENT;
    }

    private static Optional<Wiring> assemble(SiteIndex site, Subject subject, Parameters parameters) {
        Datastream datastream = site.datastream(subject.id());
        return Optional.of(new Wiring(
                new SuricataAlertDetector(site.watch(datastream), AddressBook.of(site), AlertWeight.of(parameters)),
                List.of(datastream.id())));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String subject() {
        return watched.id();
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public State initial() {
        return NOTHING;
    }

    @Override
    public Step<State, Detection> on(State state, Signal signal) {
        return switch (signal) {
            case Signal.Reading reading ->
                Alert.find(reading)
                        .map(alert -> new Step<>(state, List.of(claim(alert, reading))))
                        .orElseGet(() -> Step.silent(state));
            case Signal.Tick ignored -> Step.silent(state);
        };
    }

    private Detection claim(Alert alert, Signal.Reading reading) {
        Claim claim = Claim.on(
                        reading.observation(),
                        reading.knownAt(),
                        NAME,
                        watched,
                        DetectionType.NETWORK_ALERT,
                        Phase.MOMENT)
                .weighing(weight.of(alert.severity(), alert.category()))
                .measuring("severity", alert.severity());
        aboutEnd(claim, alert.source());
        aboutEnd(claim, alert.destination());
        claim.about(EntityRef.SIGNATURE, alert.signature());
        alert.techniques().forEach(technique -> claim.about(EntityRef.TECHNIQUE, technique));
        alert.findAsset(book).ifPresent(asset -> claim.in(asset.place()));
        return claim.saying(
                "%s%s, severity %d%s%s",
                alert.signature(),
                alert.category().isEmpty() ? "" : " (" + alert.category() + ")",
                alert.severity(),
                alert.path().isEmpty() ? "" : ": " + alert.path(),
                alert.isBlocked() ? ", blocked" : "");
    }

    private void aboutEnd(Claim claim, String address) {
        if (!address.isEmpty()) {
            claim.about(EntityRef.IP, address);
            book.find(address)
                    .ifPresent(asset -> asset.entities().forEach(entity -> claim.about(entity.kind(), entity.value())));
        }
    }
}
