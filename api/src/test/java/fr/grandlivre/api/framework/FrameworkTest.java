package fr.grandlivre.api.framework;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@GrandLivreTest
class FrameworkTest {
    @Value("${server.port}")
    int port;

    @Test
    void each_version_shows_its_own_labels_and_greatest_level() {
        Visitor anybody = Visitor.anonymous(port);
        for (Framework framework : Frameworks.shipped().versions()) {
            String page =
                    anybody.get("/referentiel?version=" + framework.version()).body();
            assertThat(page).contains("Niveau maximal : " + framework.maxReachableLevel());
            framework
                    .competences()
                    .forEach(competence -> assertThat(page)
                            .contains("<span>" + competence.title().fr() + "</span>"));
        }
        assertThat(anybody.get("/referentiel?version=2019").body())
                .contains("Évoluer dans un environnement numérique", "Construire un environnement numérique");
        assertThat(anybody.get("/referentiel?version=1999").statusCode()).isEqualTo(404);
    }

    @Test
    void programs_read_counts_hash_and_correspondences() {
        JsonNode shown = new JsonMapper()
                .readTree(Visitor.anonymous(port).get("/api/v1/framework").body());
        Framework framework = Frameworks.shipped().versions().getLast();
        assertThat(shown.get("version").asString())
                .isEqualTo(framework.version().value());
        assertThat(shown.get("contentSha256").asString()).isEqualTo(framework.contentSha256());
        assertThat(shown.get("counts").get("challenges").asInt())
                .isEqualTo(framework.challenges().size());
        assertThat(shown.get("counts").get("documents").asInt()).isPositive();
        assertThat(shown.get("domains")
                        .get(0)
                        .get("competences")
                        .get(0)
                        .get("digComp")
                        .get(0)
                        .get("source")
                        .asString())
                .isNotEmpty();
        assertThat(shown.toString()).doesNotContain("solutions");
    }
}
