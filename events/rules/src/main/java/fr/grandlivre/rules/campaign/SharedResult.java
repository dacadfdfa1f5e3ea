package fr.grandlivre.rules.campaign;

import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.evaluation.PixScore;
import fr.grandlivre.rules.evaluation.SkillKnowledge;
import fr.grandlivre.rules.evaluation.SkillKnowledge.Invalidated;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Skill;
import fr.grandlivre.rules.framework.Tube;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a school sees of one attempt: the fold of the learner's streams of the targeted competences, up to the position of
 * the sharing (domain rules, results).
 *
 * @param competences targeted ones, by code
 * @param tubes       targeted ones, competence by competence
 */
public record SharedResult(List<OfCompetence> competences, List<OfTube> tubes) {
    private static final int PERCENT = 100;

    /** @return the result of these facts; a competence of which nothing is known has level 0 */
    public static SharedResult of(CampaignTerms terms, Framework framework, Map<CompetenceCode, Knowledge> knowledge) {
        List<OfTube> tubes = terms.tubes(framework).stream()
                .sorted()
                .map(id -> framework.tube(id).orElseThrow())
                .map(tube -> tube(tube, Objects.requireNonNull(knowledge.get(tube.competence()))))
                .toList();
        List<OfCompetence> competences = terms.competences().stream()
                .map(code -> competence(code, Objects.requireNonNull(knowledge.get(code)), tubes))
                .toList();
        return new SharedResult(competences, tubes);
    }

    private static OfCompetence competence(CompetenceCode code, Knowledge knowledge, List<OfTube> tubes) {
        PixScore score = knowledge.score();
        List<OfTube> own =
                tubes.stream().filter(tube -> tube.competence().equals(code)).toList();
        return new OfCompetence(
                code,
                score.level(),
                score.pix(),
                own.stream().mapToInt(OfTube::validated).sum(),
                own.stream().mapToInt(OfTube::skills).sum());
    }

    private static OfTube tube(Tube tube, Knowledge knowledge) {
        List<SkillKnowledge> direct = tube.skills().stream()
                .map(Skill::id)
                .map(knowledge::of)
                .flatMap(Optional::stream)
                .filter(SkillKnowledge::direct)
                .toList();
        return new OfTube(
                tube.id(),
                tube.competence(),
                !direct.isEmpty(),
                direct.stream().anyMatch(Invalidated.class::isInstance),
                (int) tube.skills().stream()
                        .filter(skill -> knowledge.isValidated(skill.id()))
                        .count(),
                tube.skills().size());
    }

    /** @return floor(100 × validated target skills ÷ target skills), 0..100 */
    public int masteryPercent() {
        return percent(
                tubes.stream().mapToInt(OfTube::validated).sum(),
                tubes.stream().mapToInt(OfTube::skills).sum());
    }

    /** @return floor(100 × part ÷ whole); 0 for a whole of nothing */
    public static int percent(int part, int whole) {
        return whole == 0 ? 0 : PERCENT * part / whole;
    }

    /**
     * @param competence code
     * @param level      of the whole competence
     * @param pix        of the whole competence
     * @param validated  targeted skills that the learner has
     * @param skills     targeted skills
     */
    public record OfCompetence(CompetenceCode competence, Level level, Pix pix, int validated, int skills) {}

    /**
     * @param tube       which
     * @param competence its competence
     * @param assessed   whether one of its skills at least was asked itself
     * @param failed     whether one of those is not validated
     * @param validated  skills that the learner has
     * @param skills     skills of the tube
     */
    public record OfTube(
            TubeId tube, CompetenceCode competence, boolean assessed, boolean failed, int validated, int skills) {}
}
