package fr.grandlivre.api.demo;

import fr.grandlivre.command.evaluation.EvaluationCommand.ImproveCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.RecordAnswer;
import fr.grandlivre.command.evaluation.EvaluationCommand.StartTimer;
import fr.grandlivre.command.evaluation.EvaluationCommand.Within;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.ImprovementStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.TimerStarted;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.evaluation.AnsweringModel;
import fr.grandlivre.rules.evaluation.Grading;
import fr.grandlivre.rules.evaluation.Grading.Graded;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.evaluation.NextChallenge;
import fr.grandlivre.rules.evaluation.PixScore;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.session.Certifiability;
import fr.grandlivre.rules.session.ExamRules;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Pupils who answer by chance and ability: the harder a challenge for them, the rarer a success. They remember what the
 * ledger knows of them, so that they know which challenge is due.
 */
final class VirtualLearners {
    private static final Duration BETWEEN_ANSWERS = Duration.ofMillis(1_700);

    /** Progress of one school year, in difficulties. */
    private static final double YEARLY_PROGRESS = 0.5;

    private static final int LAST_SCHOOL_YEAR = 2021;
    private static final AnsweringModel MODEL = new AnsweringModel(1.1, 0.2);
    private static final double ABSENCE = 0.06;
    private static final double LEAVING_THE_PAGE = 0.1;

    /** Candidates revise, and are asked what they have shown to know. */
    private static final double REVISION = 1.3;

    private static final double BLACKOUT = -3;

    private final DemoActs acts;
    private final Frameworks frameworks;
    private final Map<Place, Knowledge> known = new HashMap<>();

    VirtualLearners(DemoActs acts, Frameworks frameworks) {
        this.acts = acts;
        this.frameworks = frameworks;
    }

    private record Place(LearnerId learner, CompetenceCode competence) {}

    /**
     * A class works on one competence, everybody at the same time; who did so before tries to improve.
     *
     * @param most answers of each pupil
     */
    void lesson(String name, Instant at, List<DemoPupil> pupils, CompetenceCode competence, int most) {
        acts.at(at);
        List<DemoPupil> present = pupils.stream()
                .filter(DemoPupil::takesPart)
                .filter(pupil ->
                        DemoSeed.chance(name + "/present/" + pupil.name()).nextDouble() >= ABSENCE)
                .toList();
        present.forEach(pupil -> improve(name, pupil, competence));
        for (int round = 0; round < most; round++) {
            for (DemoPupil pupil : present) {
                answer(pupil, competence, null);
            }
        }
    }

    /**
     * A pupil answers what a campaign asks, competence after competence.
     *
     * @param most answers at most
     * @return whether nothing is left to ask
     */
    boolean campaign(DemoPupil pupil, List<CompetenceCode> competences, Within within, int most) {
        int answers = 0;
        for (CompetenceCode competence : competences) {
            while (answers < most && answer(pupil, competence, within)) {
                answers++;
            }
        }
        return competences.stream()
                .allMatch(competence -> due(pupil, competence, within).isEmpty());
    }

    private Optional<NextChallenge> due(DemoPupil pupil, CompetenceCode competence, @Nullable Within within) {
        UUID stream = StreamIds.evaluation(pupil.learner(), competence);
        Knowledge before = knowledge(pupil, competence);
        Framework inForce = frameworks.inForce(acts.now());
        return within == null
                ? NextChallenge.due(stream, before, inForce, Set.of())
                : NextChallenge.due(stream, before, inForce, Set.of(), within.target());
    }

    /** @return whether enough competences have the level, as of now */
    boolean certifiable(DemoPupil pupil) {
        Map<CompetenceCode, PixScore> scores = new TreeMap<>();
        frameworks
                .inForce(acts.now())
                .competences()
                .forEach(competence -> scores.put(
                        competence.code(), knowledge(pupil, competence.code()).score()));
        return Certifiability.of(scores, ExamRules.inForce(acts.now())).certifiable();
    }

    /**
     * @param question number in the exam
     * @param badDay   whether hardly anything comes to the candidate's mind
     */
    Response examResponse(DemoPupil pupil, Challenge challenge, int question, boolean badDay) {
        SplittableRandom chance = DemoSeed.chance("exam/" + pupil.name() + "/" + question);
        double ability = ability(pupil, challenge, acts.now()) + (badDay ? BLACKOUT : REVISION);
        return MODEL.response(challenge, ability, chance);
    }

    private void improve(String lesson, DemoPupil pupil, CompetenceCode competence) {
        Knowledge before = knowledge(pupil, competence);
        Framework inForce = frameworks.inForce(acts.now());
        boolean may = before.hasSomethingToImprove()
                && !before.answersOfPass().isEmpty()
                && before.improvableFrom(inForce)
                        .filter(from -> !acts.now().isBefore(from))
                        .isPresent();
        if (may) {
            acts.pass(BETWEEN_ANSWERS);
            acts.send(
                    lesson + "/improve/" + pupil.name(),
                    new ImproveCompetence(pupil.learner(), competence),
                    pupil.learner().value(),
                    Role.LEARNER);
            remember(
                    pupil,
                    before.after(new ImprovementStarted(pupil.learner(), competence, inForce.version()), acts.now()));
        }
    }

    /** @return whether there was something to answer */
    private boolean answer(DemoPupil pupil, CompetenceCode competence, @Nullable Within within) {
        Knowledge before = knowledge(pupil, competence);
        Framework inForce = frameworks.inForce(acts.now());
        Optional<NextChallenge> due = due(pupil, competence, within);
        if (due.isEmpty()) {
            return false;
        }
        Challenge challenge = due.get().challenge();
        String step = "answer/" + pupil.name() + "/" + competence + "/"
                + before.answers().size();
        SplittableRandom chance = DemoSeed.chance(step);
        acts.pass(BETWEEN_ANSWERS);
        Instant startedAt = acts.now();
        Knowledge timed = before;
        if (challenge.isTimed()) {
            acts.send(
                    step + "/timer",
                    new StartTimer(pupil.learner(), competence, challenge.id(), within, startedAt),
                    pupil.learner().value(),
                    Role.LEARNER);
            timed = before.after(new TimerStarted(pupil.learner(), challenge.id(), startedAt), startedAt);
            acts.pass(challenge.timer().orElseThrow().dividedBy(2));
        }
        Response response = MODEL.response(challenge, ability(pupil, challenge, acts.now()), chance);
        AnswerId answer = new AnswerId(DemoActs.commandId(step));
        acts.send(
                step,
                new RecordAnswer(
                        answer,
                        pupil.learner(),
                        competence,
                        challenge.id(),
                        response,
                        chance.nextDouble() < LEAVING_THE_PAGE,
                        within,
                        acts.now()),
                pupil.learner().value(),
                Role.LEARNER);
        remember(
                pupil,
                timed.after(
                        new AnswerRecorded(
                                answer,
                                pupil.learner(),
                                competence,
                                challenge.id(),
                                challenge.skill(),
                                inForce.version(),
                                outcome(challenge, response, startedAt),
                                null,
                                0,
                                null,
                                null,
                                null),
                        acts.now()));
        return true;
    }

    private Outcome outcome(Challenge challenge, Response response, Instant startedAt) {
        if (Grading.grade(challenge, response, startedAt, acts.now()) instanceof Graded(var outcome)) {
            return outcome;
        }
        throw new IllegalStateException("a virtual learner misread " + challenge.id());
    }

    private Knowledge knowledge(DemoPupil pupil, CompetenceCode competence) {
        return known.getOrDefault(new Place(pupil.learner(), competence), Knowledge.none(frameworks, competence));
    }

    private void remember(DemoPupil pupil, Knowledge knowledge) {
        known.put(new Place(pupil.learner(), knowledge.competence()), knowledge);
    }

    /** Everybody is better at some things than at others, and better every year. */
    private static double ability(DemoPupil pupil, Challenge challenge, Instant at) {
        String tube = challenge.skill().value().replaceAll("[1-8]$", "");
        double talent = DemoSeed.chance("talent/" + pupil.name() + "/" + tube).nextDouble() - 0.5;
        int year = DemoPast.schoolYearOf(at);
        return pupil.ability() + talent - YEARLY_PROGRESS * (LAST_SCHOOL_YEAR - year);
    }
}
