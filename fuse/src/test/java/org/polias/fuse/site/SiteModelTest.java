// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.site;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.polias.fuse.Town;
import org.polias.model.city.Site;
import org.polias.model.city.SiteDefinition;
import org.polias.model.place.Offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SiteModelTest {

    private final SiteModel site = SiteModel.of(Town.definition());

    @Test
    void aZoneThatIsWithinReachBringsAllItsPeople() {
        double reach = 150;
        double strayPeople = 1000 * Math.PI * reach * reach / site.area_m2();
        assertThat(site.peopleWithin(new Offset(350, 50), reach)).isCloseTo(3000 + strayPeople, within(1e-9));
    }

    @Test
    void aZoneThatIsPartlyWithinReachBringsItsShare() {
        double people = site.peopleWithin(new Offset(350, 50), 30);
        assertThat(people).isBetween(3000 * 0.2, 3000 * 0.4);
    }

    @Test
    void everyoneIsWithinReachOfWhatReachesEverywhere() {
        assertThat(site.peopleWithin(new Offset(0, 0), 1e5)).isEqualTo(5000);
        assertThat(site.expectedPeople()).isEqualTo(5000);
    }

    @Test
    void whereTheSiteEndsItsPeopleEnd() {
        double radius = Math.sqrt(site.area_m2() / Math.PI);
        // A straight edge halves the disc, but for the bend of the site's own.
        double reach = 150;
        double inland = 1000 * Math.PI * reach * reach / site.area_m2();
        assertThat(site.peopleWithin(new Offset(-radius, 0), reach)).isBetween(0.44 * inland, 0.5 * inland);
        assertThat(site.peopleWithin(new Offset(-3000, -3000), 1000)).isEqualTo(1);
    }

    @Test
    void zonesThatHoldMoreThanTheSiteAreNotAllFullAtOnce() {
        SiteDefinition town = Town.definition();
        SiteModel crowded = SiteModel.of(withPeople(town, 2000));
        assertThat(crowded.expectedPeople()).isEqualTo(2000);
        assertThat(crowded.peopleWithin(new Offset(0, 0), 1e5)).isEqualTo(2000);
        assertThat(crowded.areas()).extracting(Area::expectedPeople).containsExactly(500, 1500);
        assertThat(SiteModel.of(withPeople(town, 0)).expectedPeople()).isEqualTo(4000);
    }

    private static SiteDefinition withPeople(SiteDefinition town, int people) {
        return new SiteDefinition(
                town.key(),
                new Site(
                        town.site().id(),
                        town.site().name(),
                        town.site().siteClass(),
                        town.site().origin(),
                        town.site().boundary(),
                        people,
                        town.site().vulnerability()),
                town.simulated(),
                town.zones(),
                town.assets(),
                town.things(),
                town.sensors(),
                town.datastreams(),
                List.of(),
                List.of(),
                List.of(),
                town.revision());
    }

    @Test
    void somebodyIsAlwaysThere() {
        assertThat(site.peopleWithin(new Offset(-4000, 0), 0)).isEqualTo(1);
    }

    @Test
    void theGroundIsTheBoundarys() {
        assertThat(site.area_m2()).isCloseTo(1e6, within(1e3));
    }

    @Test
    void sensorsAreKnownByTheirDatastream() {
        SensorSpot mic = site.sensors().get("mic-4");
        assertThat(mic.gateway()).contains("gw-1");
        assertThat(mic.at().east_m()).isCloseTo(100, within(1e-6));
        assertThat(mic.regular()).isTrue();
        assertThat(site.sensors().get("door-1").regular()).isFalse();
    }
}
