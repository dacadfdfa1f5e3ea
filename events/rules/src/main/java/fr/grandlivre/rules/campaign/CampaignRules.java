package fr.grandlivre.rules.campaign;

import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.rules.DataNode;
import fr.grandlivre.rules.ShippedFiles;
import fr.grandlivre.rules.framework.Text;
import java.time.Period;
import java.util.List;

/**
 * Constants of campaigns and needs, and what is offered ready-made.
 *
 * @param version       name
 * @param leastAssessed pupils who must have been asked before a tube can be a need
 * @param priorities    how many needs are shown first
 * @param levelOfNeed   pupils below it are counted
 * @param readyMade     campaigns offered with their content
 */
public record CampaignRules(
        RulesVersion version, int leastAssessed, int priorities, Level levelOfNeed, List<ReadyMade> readyMade) {
    /** A campaign belongs to a school year: it lasts no longer, and is not planned further ahead. */
    public static final Period LONGEST = Period.ofYears(1);

    /** Levels of schooling of collège and lycée, from the youngest. */
    public static final List<String> YEARS = List.of("6e", "5e", "4e", "3e", "2de", "1re", "Tle");

    /**
     * A campaign with its content.
     *
     * @param title        its name
     * @param audience     levels of schooling
     * @param calendarStep step of the calendar whose dates it takes, from 1
     * @param competences  asked with all their tubes
     */
    public record ReadyMade(Text title, List<String> audience, int calendarStep, List<CompetenceCode> competences) {}

    /** @return the rules in force */
    public static CampaignRules shipped() {
        return Shipped.RULES;
    }

    private static CampaignRules read(DataNode file) {
        file.only("version", "needs", "readyMade");
        DataNode needs = file.object("needs");
        needs.only("leastAssessed", "priorities", "level");
        return new CampaignRules(
                file.parsed("version", RulesVersion::new, new RulesVersion("0")),
                needs.number("leastAssessed", 1, 100),
                needs.number("priorities", 1, 10),
                new Level(needs.number("level", 1, 8)),
                file.objects("readyMade").stream().map(CampaignRules::readyMade).toList());
    }

    private static ReadyMade readyMade(DataNode node) {
        node.only("title", "audience", "calendarStep", "competences");
        DataNode title = node.object("title");
        title.only("fr", "en");
        List<String> audience = node.texts("audience");
        if (!YEARS.containsAll(audience)) {
            node.problem("audience must be levels of schooling");
        }
        return new ReadyMade(
                new Text(title.text("fr"), title.text("en")),
                audience,
                node.number("calendarStep", 1, 9),
                node.texts("competences").stream().map(CompetenceCode::new).toList());
    }

    /** Reads the file once, when first asked for. */
    private static final class Shipped {
        private static final String PATH = "rules/campaign/2021-1.yaml";
        private static final CampaignRules RULES = DataNode.checked(PATH, ShippedFiles.text(PATH), CampaignRules::read);
    }
}
