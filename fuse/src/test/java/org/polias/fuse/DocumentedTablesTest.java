// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.polias.fuse.belief.Likelihoods;
import org.polias.fuse.belief.Opening;
import org.polias.fuse.belief.Priors;
import org.polias.fuse.criticality.Harm;
import org.polias.fuse.life.Periods;
import org.polias.model.city.SiteClass;
import org.polias.model.detection.DetectionType;
import org.polias.model.incident.IncidentType;

import static org.assertj.core.api.Assertions.assertThat;

/** The tables in {@code docs/fusion.md} are those of the code. */
class DocumentedTablesTest {

    @Test
    void theDocumentPrintsTheLikelihoods() throws Exception {
        StringBuilder table = new StringBuilder("| condition | nothing |");
        for (IncidentType hypothesis : IncidentType.values()) {
            table.append(' ').append(hypothesis.code()).append(" |");
        }
        table.append("\n|---|---|")
                .append("---|".repeat(IncidentType.values().length))
                .append('\n');
        for (DetectionType type : DetectionType.values()) {
            table.append("| ").append(type.code()).append(" | ").append(number(Likelihoods.givenNothing(type)));
            for (IncidentType hypothesis : IncidentType.values()) {
                table.append(" | ").append(number(Likelihoods.given(type, hypothesis)));
            }
            table.append(" |\n");
        }
        assertThat(document()).contains(table);
    }

    @Test
    void theDocumentPrintsWhatHoldsForEachType() throws Exception {
        StringBuilder table = new StringBuilder(
                "| type | prior ln odds | opens from | harm to 1 in | reach, m | quiet, min |\n|---|---|---|---|---|---|\n");
        for (IncidentType type : IncidentType.values()) {
            Harm harm = Harm.of(type);
            table.append("| ")
                    .append(type.code())
                    .append(" | ")
                    .append(number(Priors.logOdds(type)))
                    .append(" | ")
                    .append(Opening.matters(type) ? number(Opening.threshold(type)) : "never")
                    .append(" | ")
                    .append(harm.perPerson() > 0 ? number(Math.round(1 / harm.perPerson())) : "-")
                    .append(" | ")
                    .append(harm.wholeSite() ? "site" : harm.perPerson() > 0 ? number(harm.radius_m()) : "-")
                    .append(" | ")
                    .append(Periods.quiet(type).toMinutes())
                    .append(" |\n");
        }
        assertThat(document()).contains(table);
    }

    @Test
    void theDocumentPrintsWhatEachKindOfPlaceAdds() throws Exception {
        StringBuilder table = new StringBuilder("| site class | adds |\n|---|---|\n");
        for (SiteClass siteClass : SiteClass.values()) {
            StringBuilder adds = new StringBuilder();
            for (Map.Entry<IncidentType, Double> weight :
                    Priors.context(siteClass).entrySet()) {
                adds.append(adds.isEmpty() ? "" : ", ")
                        .append(weight.getKey().code())
                        .append(" +")
                        .append(number(weight.getValue()));
            }
            table.append("| ")
                    .append(siteClass.name().toLowerCase(Locale.ROOT))
                    .append(" | ")
                    .append(adds.isEmpty() ? "-" : adds)
                    .append(" |\n");
        }
        assertThat(document()).contains(table);
    }

    private static String document() throws Exception {
        return Files.readString(Path.of("..", "docs", "fusion.md"));
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
