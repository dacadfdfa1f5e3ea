package fr.grandlivre.api.schoolreport;

import fr.grandlivre.api.request.WireName;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.query.profile.ProfileQueries;
import fr.grandlivre.query.schoolreport.ClassReport;
import fr.grandlivre.query.schoolreport.ClassReport.Line;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.rules.evaluation.PixScore;
import fr.grandlivre.rules.schoolreport.MentionRule.Mention;
import fr.grandlivre.rules.session.Certifiability;
import fr.grandlivre.rules.session.ExamRules;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** How far the certification of a class has come: who has it, who is about to sit, who could, who cannot yet. Thread-safe. */
@Component
class Coverage {
    private final ProfileQueries profiles;
    private final SessionQueries sessions;
    private final ClassReports reports;

    Coverage(ProfileQueries profiles, SessionQueries sessions, ClassReports reports) {
        this.profiles = profiles;
        this.sessions = sessions;
        this.reports = reports;
    }

    /** Where a pupil stands, the furthest first. */
    enum Stage {
        CERTIFIED,
        PLANNED,
        CERTIFIABLE,
        NOT_CERTIFIABLE
    }

    /**
     * One pupil.
     *
     * @param name    last name, first name; empty when erased
     * @param stage   name of the {@link Stage} in kebab case
     * @param needed  how many more competences must reach the level that an exam asks for; 0 unless not certifiable
     * @param nearest the competences that are nearest to it, at most as many as are needed
     */
    record PupilStage(LearnerId learner, String name, String stage, int needed, List<CompetenceCode> nearest) {}

    /**
     * One class.
     *
     * @param certified      pupils who have it
     * @param planned        pupils who are about to sit
     * @param certifiable    pupils who could sit
     * @param notCertifiable pupils who cannot yet
     * @param pupils         in the order of the class
     */
    record ClassCoverage(
            Division division,
            long certified,
            long planned,
            long certifiable,
            long notCertifiable,
            List<PupilStage> pupils) {}

    /** @return the classes as they stand now, in the order given; two statements, however many they are */
    List<ClassCoverage> of(List<ClassReport> classes) {
        Instant now = reports.now();
        List<LearnerId> learners =
                classes.stream().flatMap(report -> report.learners().stream()).toList();
        Map<LearnerId, Map<CompetenceCode, PixScore>> scores = profiles.scores(learners, now);
        Set<LearnerId> planned = sessions.planned(learners, reports.today());
        ExamRules rules = ExamRules.inForce(now);
        return classes.stream()
                .map(report -> of(report, scores, planned, rules))
                .toList();
    }

    private static ClassCoverage of(
            ClassReport report,
            Map<LearnerId, Map<CompetenceCode, PixScore>> scores,
            Set<LearnerId> planned,
            ExamRules rules) {
        List<PupilStage> pupils = report.lines().stream()
                .map(line -> pupil(
                        line,
                        planned.contains(line.learner()),
                        Certifiability.of(scores.getOrDefault(line.learner(), Map.of()), rules)))
                .toList();
        return new ClassCoverage(
                Objects.requireNonNull(report.division()),
                count(pupils, Stage.CERTIFIED),
                count(pupils, Stage.PLANNED),
                count(pupils, Stage.CERTIFIABLE),
                count(pupils, Stage.NOT_CERTIFIABLE),
                pupils);
    }

    private static long count(List<PupilStage> pupils, Stage stage) {
        return pupils.stream()
                .filter(pupil -> pupil.stage().equals(WireName.of(stage)))
                .count();
    }

    private static PupilStage pupil(Line line, boolean planned, Certifiability certifiability) {
        Stage stage = line.mention() == Mention.CERTIFICATION_OBTAINED
                ? Stage.CERTIFIED
                : planned ? Stage.PLANNED : certifiability.certifiable() ? Stage.CERTIFIABLE : Stage.NOT_CERTIFIABLE;
        boolean missing = stage == Stage.NOT_CERTIFIABLE;
        return new PupilStage(
                line.learner(),
                SchoolReportPages.name(line),
                WireName.of(stage),
                missing ? certifiability.needed() : 0,
                missing
                        ? certifiability.missing().stream()
                                .limit(certifiability.needed())
                                .toList()
                        : List.of());
    }
}
