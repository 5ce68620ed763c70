// SPDX-License-Identifier: Apache-2.0
package org.polias.app.acoustics;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.polias.model.acoustics.SoundClass;

/** What collections of sounds call our classes: our own codes, UrbanSound8K's and ESC-50's names, and plain words. */
final class ClassNames {

    private static final Map<String, SoundClass> OTHERS = Map.ofEntries(
            // UrbanSound8K (Salamon et al. 2014)
            Map.entry("air_conditioner", SoundClass.ENGINE),
            Map.entry("car_horn", SoundClass.HORN),
            Map.entry("children_playing", SoundClass.VOICE),
            Map.entry("dog_bark", SoundClass.ANIMAL),
            Map.entry("drilling", SoundClass.TOOL),
            Map.entry("engine_idling", SoundClass.ENGINE),
            Map.entry("gun_shot", SoundClass.GUNSHOT),
            Map.entry("jackhammer", SoundClass.TOOL),
            Map.entry("street_music", SoundClass.MUSIC),
            // ESC-50 (Piczak 2015)
            Map.entry("fireworks", SoundClass.FIREWORK),
            Map.entry("thunderstorm", SoundClass.THUNDER),
            Map.entry("door_wood_knock", SoundClass.IMPACT),
            Map.entry("door_wood_creaks", SoundClass.IMPACT),
            Map.entry("door_knock", SoundClass.IMPACT),
            Map.entry("glass_breaking", SoundClass.GLASS),
            Map.entry("clapping", SoundClass.CROWD),
            Map.entry("footsteps", SoundClass.IMPACT),
            Map.entry("dog", SoundClass.ANIMAL),
            Map.entry("chainsaw", SoundClass.TOOL),
            Map.entry("hand_saw", SoundClass.TOOL),
            Map.entry("engine_noise", SoundClass.ENGINE),
            Map.entry("helicopter", SoundClass.ENGINE),
            Map.entry("airplane", SoundClass.ENGINE),
            Map.entry("train", SoundClass.ENGINE),
            Map.entry("church_bells", SoundClass.MUSIC),
            Map.entry("laughing", SoundClass.VOICE),
            Map.entry("crying_baby", SoundClass.VOICE),
            Map.entry("rain", SoundClass.AMBIENT),
            Map.entry("wind", SoundClass.AMBIENT),
            Map.entry("crackling_fire", SoundClass.AMBIENT),
            // words
            Map.entry("gunshots", SoundClass.GUNSHOT),
            Map.entry("gun", SoundClass.GUNSHOT),
            Map.entry("shot", SoundClass.GUNSHOT),
            Map.entry("shots", SoundClass.GUNSHOT),
            Map.entry("explosions", SoundClass.EXPLOSION),
            Map.entry("firecracker", SoundClass.FIREWORK),
            Map.entry("firecrackers", SoundClass.FIREWORK),
            Map.entry("door", SoundClass.IMPACT),
            Map.entry("doors", SoundClass.IMPACT),
            Map.entry("door_slam", SoundClass.IMPACT),
            Map.entry("balloon", SoundClass.IMPACT),
            Map.entry("screams", SoundClass.SCREAM),
            Map.entry("screaming", SoundClass.SCREAM),
            Map.entry("voices", SoundClass.VOICE),
            Map.entry("speech", SoundClass.VOICE),
            Map.entry("animals", SoundClass.ANIMAL),
            Map.entry("engines", SoundClass.ENGINE),
            Map.entry("street", SoundClass.AMBIENT),
            Map.entry("traffic", SoundClass.AMBIENT));

    private ClassNames() {}

    /** The class that a folder's name means. */
    static Optional<SoundClass> find(String folder) {
        String name = folder.toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
        return SoundClass.find(name).or(() -> Optional.ofNullable(OTHERS.get(name)));
    }
}
