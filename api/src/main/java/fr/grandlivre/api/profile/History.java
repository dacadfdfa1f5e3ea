package fr.grandlivre.api.profile;

import fr.grandlivre.api.request.WireName;
import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.CompetenceReset;
import fr.grandlivre.events.evaluation.EvaluationEvent.HistoryAbsorbed;
import fr.grandlivre.events.evaluation.EvaluationEvent.HistoryHandedOver;
import fr.grandlivre.events.evaluation.EvaluationEvent.ImprovementStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.LevelChanged;
import fr.grandlivre.events.evaluation.EvaluationEvent.TimerStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialMarkedUseful;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialSaved;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialUnmarkedUseful;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialUnsaved;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A learner's events in words, by month, the latest first. */
final class History {
    private History() {}

    /**
     * One event.
     *
     * @param position   ledger position
     * @param at         when it was recorded
     * @param sentence   key of the sentence
     * @param subject    what it is about: a skill, competence or tutorial, in the reader's language
     * @param outcome    of an answer; absent for other events
     * @param level      after a change of level; absent for other events
     * @param competence code; absent for tutorials
     */
    record Line(
            long position,
            Instant at,
            String sentence,
            String subject,
            @Nullable String outcome,
            @Nullable Integer level,
            @Nullable String competence) {}

    /** @return months with an event, the latest first */
    static List<YearMonth> months(List<Recorded> events) {
        return events.reversed().stream().map(History::month).distinct().toList();
    }

    /** @return the events of a month, the latest first */
    static List<Line> lines(List<Recorded> events, YearMonth month, Frameworks frameworks, Locale language) {
        return events.reversed().stream()
                .filter(recorded -> month(recorded).equals(month))
                .map(recorded -> line(recorded, frameworks, language))
                .toList();
    }

    private static YearMonth month(Recorded recorded) {
        return YearMonth.from(ParisDays.of(recorded.recordedAt()));
    }

    private static Line line(Recorded recorded, Frameworks frameworks, Locale language) {
        Words words = new Words(frameworks.inForce(recorded.recordedAt()), language);
        return switch ((EvaluationEvent) recorded.event()) {
            case AnswerRecorded answer ->
                new Line(
                        recorded.position(),
                        recorded.recordedAt(),
                        "answer",
                        new Words(frameworks.of(answer.framework()), language).skill(answer.challenge()),
                        WireName.of(answer.outcome()),
                        null,
                        answer.competence().value());
            case TimerStarted timer -> about(recorded, "timer", words.skill(timer.challenge()), null);
            case LevelChanged change ->
                new Line(
                        recorded.position(),
                        recorded.recordedAt(),
                        change.to().compareTo(change.from()) > 0 ? "level-up" : "level-down",
                        words.competence(change.competence()),
                        null,
                        change.to().value(),
                        change.competence().value());
            case ImprovementStarted started ->
                about(recorded, "improvement", words.competence(started.competence()), started.competence());
            case CompetenceReset reset ->
                about(recorded, "reset", words.competence(reset.competence()), reset.competence());
            case HistoryAbsorbed absorbed ->
                about(recorded, "absorbed", words.competence(absorbed.competence()), absorbed.competence());
            case HistoryHandedOver handed ->
                about(recorded, "handed-over", words.competence(handed.competence()), handed.competence());
            case TutorialSaved saved -> about(recorded, "saved", words.tutorial(saved.tutorial()), null);
            case TutorialUnsaved unsaved -> about(recorded, "unsaved", words.tutorial(unsaved.tutorial()), null);
            case TutorialMarkedUseful useful -> about(recorded, "useful", words.tutorial(useful.tutorial()), null);
            case TutorialUnmarkedUseful not -> about(recorded, "not-useful", words.tutorial(not.tutorial()), null);
        };
    }

    private static Line about(Recorded recorded, String sentence, String subject, @Nullable CompetenceCode code) {
        return new Line(
                recorded.position(),
                recorded.recordedAt(),
                sentence,
                subject,
                null,
                null,
                code == null ? null : code.value());
    }

    /** Names of one version; what a version no longer holds keeps its id. */
    private record Words(Framework framework, Locale language) {
        String skill(ChallengeId challenge) {
            return framework
                    .challenge(challenge)
                    .flatMap(asked -> framework.skill(asked.skill()))
                    .map(skill -> skill.title().in(language))
                    .orElse(challenge.value());
        }

        String competence(CompetenceCode code) {
            return Stream.concat(
                            Stream.of(code.value()),
                            framework
                                    .competence(code)
                                    .map(found -> found.title().in(language))
                                    .stream())
                    .reduce((left, right) -> left + " " + right)
                    .orElseThrow();
        }

        String tutorial(TubeId tube) {
            return Optional.of(tube)
                    .flatMap(framework::tutorial)
                    .map(tutorial -> tutorial.title().in(language))
                    .orElse(tube.value());
        }
    }
}
