package fr.grandlivre.api.profile;

import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.query.profile.ProfileView;
import fr.grandlivre.rules.evaluation.PixScore;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.session.Certifiability;
import fr.grandlivre.rules.session.ExamRules;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether a profile may be certified.
 *
 * @param rules         rules of exams in force
 * @param certifiability what they say about the profile
 */
record Standing(ExamRules rules, Certifiability certifiability) {
    static Standing of(ProfileView profile, Framework framework, Instant at) {
        ExamRules rules = ExamRules.inForce(at);
        Map<CompetenceCode, PixScore> scores = profile.competences().stream()
                .collect(Collectors.toMap(
                        ProfileView.CompetenceLevel::competence,
                        row -> PixScore.of(Fraction.of(row.pix().value()), framework.scale())));
        return new Standing(rules, Certifiability.of(scores, rules));
    }
}
