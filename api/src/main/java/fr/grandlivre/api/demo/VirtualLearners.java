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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Pupils who answer by chance and ability: the harder a challenge for them, the rarer a success. They remember what the
 * ledger knows of them, so that they know which challenge is due. Thread-safe for different pupils.
 */
final class VirtualLearners {
    /** A class that answers together reads, then thinks; under the shortest time limit of a challenge. */
    private static final Duration READING = Duration.ofSeconds(10);

    private static final Duration THINKING = Duration.ofSeconds(20);

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
    private final Map<Place, Knowledge> known = new ConcurrentHashMap<>();

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
        List<DemoPupil> present = present(name, pupils);
        acts.forEach(
                present.stream().filter(pupil -> mayImprove(pupil, competence)).toList(),
                pupil -> improve(name, pupil, competence));
        for (int round = 0; round < most; round++) {
            List<Turn> due = present.stream()
                    .flatMap(pupil -> turn(pupil, competence, null).stream())
                    .toList();
            List<Turn> _ = together(due, turn -> turn);
        }
    }

    private static List<DemoPupil> present(String lesson, List<DemoPupil> pupils) {
        return pupils.stream()
                .filter(DemoPupil::takesPart)
                .filter(pupil ->
                        DemoSeed.chance(lesson + "/present/" + pupil.name()).nextDouble() >= ABSENCE)
                .toList();
    }

    /**
     * Everybody answers one more challenge of a campaign.
     *
     * @param pupils   with something left to ask
     * @param finished told at once, at the same instant, when nothing is left to ask a pupil
     * @return those with something left to ask
     */
    List<DemoPupil> commonTurn(
            List<DemoPupil> pupils,
            List<CompetenceCode> competences,
            Function<DemoPupil, Within> within,
            Consumer<DemoPupil> finished) {
        List<Turn> turns = pupils.stream()
                .map(pupil -> next(pupil, competences, within.apply(pupil)).orElseThrow())
                .toList();
        List<Boolean> asked = together(turns, turn -> {
            boolean more = isAsked(turn.pupil(), competences, within.apply(turn.pupil()));
            if (!more) {
                finished.accept(turn.pupil());
            }
            return more;
        });
        return IntStream.range(0, turns.size())
                .filter(asked::get)
                .mapToObj(pupils::get)
                .toList();
    }

    /** @return whether something is left to ask */
    boolean isAsked(DemoPupil pupil, List<CompetenceCode> competences, Within within) {
        return next(pupil, competences, within).isPresent();
    }

    private Optional<Turn> next(DemoPupil pupil, List<CompetenceCode> competences, Within within) {
        return competences.stream()
                .flatMap(competence -> turn(pupil, competence, within).stream())
                .findFirst();
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

    private boolean mayImprove(DemoPupil pupil, CompetenceCode competence) {
        Knowledge before = knowledge(pupil, competence);
        return before.hasSomethingToImprove()
                && !before.answersOfPass().isEmpty()
                && before.improvableFrom(frameworks.inForce(acts.now()))
                        .filter(from -> !acts.now().isBefore(from))
                        .isPresent();
    }

    private void improve(String lesson, DemoPupil pupil, CompetenceCode competence) {
        acts.send(
                lesson + "/improve/" + pupil.name(),
                new ImproveCompetence(pupil.learner(), competence),
                pupil.learner().value(),
                Role.LEARNER);
        remember(
                pupil,
                knowledge(pupil, competence)
                        .after(
                                new ImprovementStarted(
                                        pupil.learner(),
                                        competence,
                                        frameworks.inForce(acts.now()).version()),
                                acts.now()));
    }

    private <R> List<R> together(List<Turn> turns, Function<Turn, R> then) {
        acts.pass(READING);
        List<Turn> begun = acts.together(turns, this::begin);
        acts.pass(THINKING);
        return acts.together(begun, turn -> {
            answer(turn);
            return then.apply(turn);
        });
    }

    /**
     * A challenge that is due.
     *
     * @param known     by the pupil when it was shown
     * @param startedAt when its clock began to run; meaningless for one without
     */
    private record Turn(
            DemoPupil pupil,
            CompetenceCode competence,
            @Nullable Within within,
            Challenge challenge,
            Knowledge known,
            Instant startedAt) {
        String step() {
            return "answer/" + pupil.name() + "/" + competence + "/"
                    + known.answers().size();
        }
    }

    private Optional<Turn> turn(DemoPupil pupil, CompetenceCode competence, @Nullable Within within) {
        return due(pupil, competence, within)
                .map(due ->
                        new Turn(pupil, competence, within, due.challenge(), knowledge(pupil, competence), acts.now()));
    }

    private Turn begin(Turn turn) {
        DemoPupil pupil = turn.pupil();
        Instant now = acts.now();
        Knowledge known = turn.known();
        if (turn.challenge().isTimed()) {
            acts.send(
                    turn.step() + "/timer",
                    new StartTimer(
                            pupil.learner(), turn.competence(), turn.challenge().id(), turn.within(), now),
                    pupil.learner().value(),
                    Role.LEARNER);
            known = known.after(
                    new TimerStarted(pupil.learner(), turn.challenge().id(), now), now);
        }
        return new Turn(pupil, turn.competence(), turn.within(), turn.challenge(), known, now);
    }

    private void answer(Turn turn) {
        DemoPupil pupil = turn.pupil();
        Challenge challenge = turn.challenge();
        String step = turn.step();
        SplittableRandom chance = DemoSeed.chance(step);
        Response response = MODEL.response(challenge, ability(pupil, challenge, acts.now()), chance);
        AnswerId answer = new AnswerId(DemoActs.commandId(step));
        acts.send(
                step,
                new RecordAnswer(
                        answer,
                        pupil.learner(),
                        turn.competence(),
                        challenge.id(),
                        response,
                        chance.nextDouble() < LEAVING_THE_PAGE,
                        turn.within(),
                        acts.now()),
                pupil.learner().value(),
                Role.LEARNER);
        remember(
                pupil,
                turn.known()
                        .after(
                                new AnswerRecorded(
                                        answer,
                                        pupil.learner(),
                                        turn.competence(),
                                        challenge.id(),
                                        challenge.skill(),
                                        frameworks.inForce(acts.now()).version(),
                                        outcome(challenge, response, turn.startedAt()),
                                        null,
                                        0,
                                        null,
                                        null,
                                        null),
                                acts.now()));
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
