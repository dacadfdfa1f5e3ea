package fr.grandlivre.api.credential;

import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Framework;
import java.util.Comparator;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is certified, one a framework version and scale: the levels of its competences and a total. */
final class Achievement {
    private static final Locale LANGUAGE = Locale.FRENCH;

    private Achievement() {}

    /** @return the last part of its address, for example {@code 2019-5} */
    static String name(Framework framework, int maxReachableLevel) {
        return framework.version().value() + "-" + maxReachableLevel;
    }

    /** @param address of the achievement */
    static ObjectNode of(String address, Framework framework, int maxReachableLevel) {
        ObjectNode achievement = JsonNodeFactory.instance.objectNode();
        achievement.put("id", address);
        achievement.putArray("type").add("Achievement");
        achievement.put("achievementType", "Certification");
        achievement.put("name", "Certification des compétences numériques");
        achievement.put(
                "description",
                "Niveaux certifiés, de 1 à " + maxReachableLevel + ", dans les compétences numériques du référentiel "
                        + framework.version().value() + ".");
        achievement
                .putObject("criteria")
                .put(
                        "narrative",
                        "Réussir une épreuve surveillée dans un centre : au moins cinq compétences au niveau 1, un taux"
                                + " de reproductibilité d’au moins 50 %, un résultat publié par le jury.");
        ArrayNode results = achievement.putArray("resultDescription");
        framework.competences().stream()
                .sorted(Comparator.comparing(competence -> competence.code().value()))
                .forEach(competence -> describe(results, address, competence, maxReachableLevel));
        describe(
                results,
                address + "#pix",
                "Total en pix",
                "RawScore",
                framework.scale().maxTotal().value());
        return achievement;
    }

    /** @return address of a competence's description in the achievement */
    static String resultOf(String address, CompetenceCode code) {
        return address + "#" + code.value();
    }

    private static void describe(ArrayNode results, String address, Competence competence, int maxReachableLevel) {
        describe(
                results,
                resultOf(address, competence.code()),
                competence.code().value() + " " + competence.title().in(LANGUAGE),
                "Result",
                maxReachableLevel);
    }

    private static void describe(ArrayNode results, String id, String name, String type, int max) {
        ObjectNode description = results.addObject();
        description.put("id", id);
        description.putArray("type").add("ResultDescription");
        description.put("name", name);
        description.put("resultType", type);
        description.put("valueMin", "0");
        description.put("valueMax", Integer.toString(max));
    }
}
