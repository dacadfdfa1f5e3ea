package fr.grandlivre.rules.session;

import fr.grandlivre.events.session.SessionEvent.CertifiableCompetence;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.ScoredCompetence;
import fr.grandlivre.events.session.SessionEvent.Verdict;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.rules.framework.PixScale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What an exam is worth (domain rules, scoring). A pure function of frozen facts: scoring twice gives the same.
 *
 * @param asked       questions asked
 * @param neutralised questions that do not count
 * @param correct     right answers among the others
 * @param ratePercent reproducibility rate, rounded half up; 0 when no question counts
 * @param competences result of each tested competence, by code; empty for {@link ExamOutcome#ERROR}
 * @param totalPix    Σ of the points
 * @param outcome     what the exam is worth
 * @param cause       why it is not validated; empty when it is
 * @param missing     the answers that the table does not foresee; empty unless the cause is {@link Cause#SCORING_RULE_MISSING}
 */
public record ExamScoring(
        int asked,
        int neutralised,
        int correct,
        int ratePercent,
        List<ScoredCompetence> competences,
        Pix totalPix,
        ExamOutcome outcome,
        Optional<Cause> cause,
        Optional<MissingRule> missing) {

    /** Why an exam is not validated. */
    public enum Cause {
        JURY("jury"),
        FRAUD("fraud"),
        TECHNICAL("technical"),
        NEUTRALISATION("neutralisation"),
        RATE_BELOW_LIMIT("rate-below-50"),
        ZERO_PIX("zero-pix"),
        SCORING_RULE_MISSING("scoring-rule-missing");

        private final String wireName;

        Cause(String wireName) {
            this.wireName = wireName;
        }

        /** @return as events write it */
        public String wireName() {
            return wireName;
        }
    }

    /** What the jury has decided about the whole exam. */
    public enum JuryDecision {
        NONE,
        CANCELLED,
        FRAUD
    }

    /**
     * One question of an exam with what became of it.
     *
     * @param competence  what it counts for
     * @param outcome     of the answer; absent when it was not answered
     * @param neutralised whether the jury or the rules took it out of the score
     */
    public record QuestionResult(
            CompetenceCode competence, @Nullable Outcome outcome, boolean neutralised) {}

    /** Answers that the scoring table does not foresee. */
    public record MissingRule(CompetenceCode competence, ScoringTable.Answers answers) {}

    /**
     * @param started  what was frozen at the start
     * @param outcomes of the questions answered, in order
     * @param reason   why the sitting ended
     * @param jury     what the jury decided, or would decide
     * @param rules    of the exam day, or later ones for a what-if
     * @param scale    of the framework version of the exam day, or of a later one for a what-if
     */
    public static ExamScoring of(
            ExamStarted started,
            List<Outcome> outcomes,
            EndReason reason,
            JuryRecord jury,
            ExamRules rules,
            PixScale scale) {
        List<QuestionResult> results = IntStream.range(0, started.questions().size())
                .mapToObj(index -> new QuestionResult(
                        started.questions().get(index).competence(),
                        index < outcomes.size() ? outcomes.get(index) : null,
                        jury.neutralised().contains(index + 1)))
                .toList();
        return score(rules, scale, started.certifiable(), results, reason, jury.decision());
    }

    /**
     * @param scoring number of the scoring, from 1
     * @return the event that records this result of the exam
     */
    public ExamScored scored(ExamStarted started, int scoring) {
        return new ExamScored(
                started.exam(),
                scoring,
                started.framework(),
                started.rules(),
                asked,
                neutralised,
                correct,
                ratePercent,
                competences,
                totalPix,
                outcome,
                cause.map(Cause::wireName).orElse(null));
    }

    /**
     * @param rules      of the exam day
     * @param scale      of the framework version of the exam day
     * @param positioned level and points at the start of the exam, at least those of the tested competences
     * @param questions  all questions, in any order; unanswered ones count as wrong, and are neutralised after a
     *     technical end
     * @param endReason  why the sitting ended
     * @param jury       what the jury decided about the whole exam
     */
    public static ExamScoring score(
            ExamRules rules,
            PixScale scale,
            List<CertifiableCompetence> positioned,
            List<QuestionResult> questions,
            EndReason endReason,
            JuryDecision jury) {
        Map<CompetenceCode, ScoringTable.Answers> answers = answers(questions, endReason);
        int asked = questions.size();
        int neutralised = answers.values().stream()
                .mapToInt(ScoringTable.Answers::neutralised)
                .sum();
        int correct = answers.values().stream()
                .mapToInt(ScoringTable.Answers::correct)
                .sum();
        Exam exam = new Exam(positions(positioned), answers, asked, neutralised, correct);
        int counted = asked - neutralised;
        if (jury == JuryDecision.CANCELLED) {
            return exam.nothing(ExamOutcome.CANCELLED, Cause.JURY);
        }
        if (jury == JuryDecision.FRAUD) {
            return exam.nothing(ExamOutcome.REJECTED, Cause.FRAUD);
        }
        if (rules.askedPerCounted() * counted < asked) {
            return exam.nothing(
                    ExamOutcome.CANCELLED, endReason == EndReason.TECHNICAL ? Cause.TECHNICAL : Cause.NEUTRALISATION);
        }
        var band = rules.table().band(exam.ratePercent());
        return band.isEmpty()
                ? exam.nothing(ExamOutcome.REJECTED, Cause.RATE_BELOW_LIMIT)
                : exam.byTable(rules.table(), band.getAsInt(), scale);
    }

    /**
     * @param correct right answers among those that count
     * @param counted questions that count
     * @return ⌊(200 × correct + counted) ÷ (2 × counted)⌋, the rate in percent rounded half up; 0 when none counts
     */
    public static int ratePercent(int correct, int counted) {
        return counted == 0 ? 0 : (200 * correct + counted) / (2 * counted);
    }

    private static Map<CompetenceCode, CertifiableCompetence> positions(List<CertifiableCompetence> positioned) {
        return positioned.stream().collect(Collectors.toMap(CertifiableCompetence::competence, Function.identity()));
    }

    private static Map<CompetenceCode, ScoringTable.Answers> answers(
            List<QuestionResult> questions, EndReason endReason) {
        Map<CompetenceCode, ScoringTable.Answers> answers = new TreeMap<>();
        for (QuestionResult question : questions) {
            boolean neutralised =
                    question.neutralised() || (question.outcome() == null && endReason == EndReason.TECHNICAL);
            boolean correct = !neutralised && question.outcome() == Outcome.OK;
            answers.merge(
                    question.competence(),
                    new ScoringTable.Answers(1, correct ? 1 : 0, neutralised ? 1 : 0),
                    (one, other) -> new ScoringTable.Answers(
                            one.asked() + other.asked(),
                            one.correct() + other.correct(),
                            one.neutralised() + other.neutralised()));
        }
        return answers;
    }

    /** The counted facts of one exam. */
    private record Exam(
            Map<CompetenceCode, CertifiableCompetence> positions,
            Map<CompetenceCode, ScoringTable.Answers> answers,
            int asked,
            int neutralised,
            int correct) {
        int ratePercent() {
            return ExamScoring.ratePercent(correct, asked - neutralised);
        }

        /** Every tested competence is not certified. */
        ExamScoring nothing(ExamOutcome outcome, Cause cause) {
            List<ScoredCompetence> competences = answers.keySet().stream()
                    .map(code -> scored(code, null, null, Level.NOT_CERTIFIED, Pix.ZERO))
                    .toList();
            return result(competences, Pix.ZERO, outcome, Optional.of(cause), Optional.empty());
        }

        ExamScoring byTable(ScoringTable table, int band, PixScale scale) {
            List<ScoredCompetence> competences = new ArrayList<>();
            for (Map.Entry<CompetenceCode, ScoringTable.Answers> entry : answers.entrySet()) {
                Optional<ScoringTable.Ruling> ruling = table.ruling(band, entry.getValue());
                if (ruling.isEmpty()) {
                    return result(
                            List.of(),
                            Pix.ZERO,
                            ExamOutcome.ERROR,
                            Optional.of(Cause.SCORING_RULE_MISSING),
                            Optional.of(new MissingRule(entry.getKey(), entry.getValue())));
                }
                competences.add(ruled(entry.getKey(), ruling.get(), scale));
            }
            competences.sort(Comparator.comparing(ScoredCompetence::competence));
            int total = competences.stream()
                    .mapToInt(competence -> competence.pix().value())
                    .sum();
            return total == 0
                    ? result(competences, Pix.ZERO, ExamOutcome.REJECTED, Optional.of(Cause.ZERO_PIX), Optional.empty())
                    : result(competences, new Pix(total), ExamOutcome.VALIDATED, Optional.empty(), Optional.empty());
        }

        private ScoredCompetence ruled(CompetenceCode code, ScoringTable.Ruling ruling, PixScale scale) {
            CertifiableCompetence position = position(code);
            return switch (ruling.verdict()) {
                case KEEP -> scored(code, ruling.rule(), Verdict.KEEP, position.level(), position.pix());
                case DOWNGRADE ->
                    scored(
                            code,
                            ruling.rule(),
                            Verdict.DOWNGRADE,
                            new Level(position.level().value() - 1),
                            new Pix(Math.max(0, position.pix().value() - scale.pixPerLevel())));
                case NOT_CERTIFIED -> scored(code, ruling.rule(), Verdict.NOT_CERTIFIED, Level.NOT_CERTIFIED, Pix.ZERO);
            };
        }

        private ScoredCompetence scored(
                CompetenceCode code, @Nullable Integer rule, @Nullable Verdict verdict, Level level, Pix pix) {
            CertifiableCompetence position = position(code);
            ScoringTable.Answers counted = Objects.requireNonNull(answers.get(code));
            return new ScoredCompetence(
                    code,
                    position.level(),
                    position.pix(),
                    counted.asked(),
                    counted.correct(),
                    counted.neutralised(),
                    rule,
                    verdict,
                    level,
                    pix);
        }

        private CertifiableCompetence position(CompetenceCode code) {
            CertifiableCompetence position = positions.get(code);
            if (position == null) {
                throw new IllegalArgumentException("competence " + code + " was asked without being positioned");
            }
            return position;
        }

        private ExamScoring result(
                List<ScoredCompetence> competences,
                Pix total,
                ExamOutcome outcome,
                Optional<Cause> cause,
                Optional<MissingRule> missing) {
            return new ExamScoring(
                    asked,
                    neutralised,
                    correct,
                    ratePercent(),
                    List.copyOf(competences),
                    total,
                    outcome,
                    cause,
                    missing);
        }
    }
}
