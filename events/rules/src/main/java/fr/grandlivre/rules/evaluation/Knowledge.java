package fr.grandlivre.rules.evaluation;

import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.AbsorbedSkill;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.HistoryAbsorbed;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.SkillId;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.rules.evaluation.SkillKnowledge.Invalidated;
import fr.grandlivre.rules.evaluation.SkillKnowledge.Validated;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.framework.Skill;
import fr.grandlivre.rules.framework.Tube;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the answers of one learner say about one competence: a fold of the learner's stream (domain rules, derivation).
 * Each answer is read with its own framework version. Immutable.
 *
 * @param frameworks all versions
 * @param competence which
 * @param skills     the skills about which something is known
 * @param answers    all answers ever, in order
 * @param pass       number of improvements and resets so far
 * @param passFrom   index of the first answer of this pass
 * @param resetFrom  index of the first answer after the last reset
 * @param timers     timed challenges opened and not answered, with the instant of the first opening
 * @param absorbed   histories of other accounts that count, in order; a reset forgets what they said, not that they were
 * @param sum        exact points of the validated skills
 */
public record Knowledge(
        Frameworks frameworks,
        CompetenceCode competence,
        Map<SkillId, SkillKnowledge> skills,
        List<PastAnswer> answers,
        int pass,
        int passFrom,
        int resetFrom,
        Map<ChallengeId, Instant> timers,
        List<HistoryAbsorbed> absorbed,
        Fraction sum) {

    /** @return nothing known, no answer */
    public static Knowledge none(Frameworks frameworks, CompetenceCode competence) {
        return new Knowledge(frameworks, competence, Map.of(), List.of(), 0, 0, 0, Map.of(), List.of(), Fraction.ZERO);
    }

    /**
     * @param event      the next event of the stream; one of another kind changes nothing
     * @param recordedAt when it was recorded
     * @throws IllegalStateException when the event names a version, or a skill of it, that this program does not hold
     */
    public Knowledge after(EvaluationEvent event, Instant recordedAt) {
        return switch (event) {
            case AnswerRecorded answer -> afterAnswer(answer, recordedAt);
            case EvaluationEvent.TimerStarted(var _, ChallengeId challenge, Instant startedAt) ->
                timers.containsKey(challenge) ? this : withTimers(with(timers, challenge, startedAt));
            case EvaluationEvent.ImprovementStarted _ ->
                new Knowledge(
                        frameworks,
                        competence,
                        skills,
                        answers,
                        pass + 1,
                        answers.size(),
                        resetFrom,
                        Map.of(),
                        absorbed,
                        sum);
            case EvaluationEvent.CompetenceReset _ ->
                new Knowledge(
                        frameworks,
                        competence,
                        Map.of(),
                        answers,
                        pass + 1,
                        answers.size(),
                        answers.size(),
                        Map.of(),
                        absorbed,
                        Fraction.ZERO);
            case HistoryAbsorbed history -> afterAbsorption(history, recordedAt);
            case EvaluationEvent.HistoryHandedOver _,
                    EvaluationEvent.LevelChanged _,
                    EvaluationEvent.TutorialSaved _,
                    EvaluationEvent.TutorialUnsaved _,
                    EvaluationEvent.TutorialMarkedUseful _,
                    EvaluationEvent.TutorialUnmarkedUseful _ -> this;
        };
    }

    /** @return the same without the answers before the last: enough to go on counting, and small */
    public Knowledge forScoring() {
        return answers.size() <= 1
                ? this
                : new Knowledge(
                        frameworks, competence, skills, List.of(answers.getLast()), pass, 0, 0, timers, absorbed, sum);
    }

    /** @return points and level; the cap is that of {@link #framework} */
    public PixScore score() {
        return PixScore.of(
                sum,
                framework().map(frameworks::of).orElseGet(frameworks::earliest).scale());
    }

    /** @return version of the last answer, also of an absorbed account; empty when there is none */
    public Optional<FrameworkVersion> framework() {
        return Stream.concat(
                        lastAnswer().map(answer -> answer.recorded().framework()).stream(),
                        absorbed.stream().map(HistoryAbsorbed::framework))
                .max(Comparator.comparingInt(version -> frameworks.versions().indexOf(frameworks.of(version))));
    }

    /** @return when the last answer was recorded, also of an absorbed account; empty when there is none */
    public Optional<Instant> lastAnswerAt() {
        return Stream.concat(
                        lastAnswer().map(PastAnswer::at).stream(),
                        absorbed.stream().map(HistoryAbsorbed::lastAnswerAt))
                .max(Comparator.naturalOrder());
    }

    /** @return whether the competence was ever answered, here or in an absorbed account */
    public boolean isStarted() {
        return !answers.isEmpty() || !absorbed.isEmpty();
    }

    /** @return the last answer ever, also before a reset; empty when there is none */
    public Optional<PastAnswer> lastAnswer() {
        return answers.isEmpty() ? Optional.empty() : Optional.of(answers.getLast());
    }

    /** @return the answers of this pass, in order */
    public List<PastAnswer> answersOfPass() {
        return answers.subList(passFrom, answers.size());
    }

    /** @return whether the challenge has an answer in this pass */
    public boolean isAnswered(ChallengeId challenge) {
        return answersOfPass().stream()
                .anyMatch(answer -> answer.recorded().challenge().equals(challenge));
    }

    /** @return whether the learner ever had the challenge */
    public boolean hasSeen(ChallengeId challenge) {
        return answers.stream().anyMatch(answer -> answer.recorded().challenge().equals(challenge));
    }

    /** @return when the clock of the challenge started; empty when it is not running */
    public Optional<Instant> timerOf(ChallengeId challenge) {
        return Optional.ofNullable(timers.get(challenge));
    }

    /** @return what is known of the skill; empty when nothing is */
    public Optional<SkillKnowledge> of(SkillId skill) {
        return Optional.ofNullable(skills.get(skill));
    }

    /** @return whether the learner has the skill */
    public boolean isValidated(SkillId skill) {
        return skills.get(skill) instanceof Validated;
    }

    /** @return whether nothing is known of the skill, or only failures before this pass */
    public boolean isOpen(SkillId skill) {
        return switch (skills.get(skill)) {
            case null -> true;
            case Validated _ -> false;
            case Invalidated failed -> failed.pass() < pass;
        };
    }

    /** @return the tubes with a directly failed skill in this pass */
    public Set<TubeId> tubesFailedInPass(Framework framework) {
        return skills.entrySet().stream()
                .filter(entry ->
                        entry.getValue() instanceof Invalidated failed && failed.direct() && failed.pass() == pass)
                .flatMap(entry -> framework.skill(entry.getKey()).stream())
                .map(Skill::tube)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @return whether something failed in this pass, so that an improvement would open it */
    public boolean hasFailedInPass() {
        return skills.values().stream().anyMatch(known -> known instanceof Invalidated failed && failed.pass() == pass);
    }

    /** @return whether an improvement would open a skill again */
    public boolean hasSomethingToImprove() {
        return skills.values().stream().anyMatch(Invalidated.class::isInstance);
    }

    /**
     * @param inForce the version whose delay counts
     * @return first instant at which the competence may be improved; empty when it was never answered
     */
    public Optional<Instant> improvableFrom(Framework inForce) {
        return lastAnswerAt().map(last -> last.plus(inForce.improveDelay()));
    }

    /**
     * @param inForce the version whose delay counts
     * @return first instant at which the competence may be reset; empty when it was never answered
     */
    public Optional<Instant> resettableFrom(Framework inForce) {
        return lastAnswerAt().map(last -> last.plus(inForce.resetDelay()));
    }

    /**
     * @return what the answer says about the skills of its tube, easiest first; empty when the skill was already known
     * @throws IllegalStateException when its version does not hold the skill
     */
    public List<SkillChange> changesBy(AnswerRecorded answer) {
        Framework framework = frameworks.of(answer.framework());
        Skill asked = framework
                .skill(answer.skill())
                .orElseThrow(() -> new IllegalStateException(
                        "framework " + answer.framework() + " does not hold the answered skill " + answer.skill()));
        Tube tube = framework.tube(asked.tube()).orElseThrow();
        return answer.outcome() == Outcome.OK ? validations(framework, tube, asked) : invalidations(tube, asked);
    }

    /**
     * @return what absorbing a history adds, by skill: validated ones that were not, and failed ones of which nothing was
     *         known; never takes anything away
     */
    public List<SkillChange> changesBy(HistoryAbsorbed history) {
        List<SkillChange> changes = new ArrayList<>();
        for (AbsorbedSkill skill : history.validated()) {
            if (!isValidated(skill.skill())) {
                changes.add(new SkillChange(skill.skill(), true, skill.direct(), skill.pix()));
            }
        }
        for (SkillId skill : history.invalidated()) {
            if (!skills.containsKey(skill)) {
                changes.add(new SkillChange(skill, false, false, Fraction.ZERO));
            }
        }
        return List.copyOf(changes);
    }

    /**
     * @param absorption id of the event by which the accounts were merged
     * @param learner    whose account survives
     * @param source     stream of which this is the fold
     * @param throughSeq sequence of its last event
     * @return the event by which this knowledge counts for another account of the same person; empty when nothing was ever
     *         answered
     */
    public Optional<HistoryAbsorbed> absorbedBy(UUID absorption, LearnerId learner, UUID source, int throughSeq) {
        if (!isStarted()) {
            return Optional.empty();
        }
        List<AbsorbedSkill> validated = new ArrayList<>();
        List<SkillId> invalidated = new ArrayList<>();
        skills.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().value()))
                .forEach(entry -> {
                    switch (entry.getValue()) {
                        case Validated known ->
                            validated.add(new AbsorbedSkill(entry.getKey(), known.pix(), known.direct()));
                        case Invalidated _ -> invalidated.add(entry.getKey());
                    }
                });
        return Optional.of(new HistoryAbsorbed(
                absorption,
                learner,
                competence,
                source,
                throughSeq,
                framework().orElseThrow(),
                lastAnswerAt().orElseThrow(),
                List.copyOf(validated),
                List.copyOf(invalidated)));
    }

    private List<SkillChange> validations(Framework framework, Tube tube, Skill asked) {
        if (isValidated(asked.id())) {
            return List.of();
        }
        List<SkillChange> changes = new ArrayList<>();
        for (Skill skill : tube.skills()) {
            boolean direct = skill.difficulty() == asked.difficulty();
            if (direct || (skill.difficulty() < asked.difficulty() && isOpen(skill.id()))) {
                changes.add(new SkillChange(skill.id(), true, direct, framework.pixValue(skill.id())));
            }
        }
        return changes;
    }

    private List<SkillChange> invalidations(Tube tube, Skill asked) {
        if (isValidated(asked.id()) || isFailedDirectlyInPass(asked.id())) {
            return List.of();
        }
        List<SkillChange> changes = new ArrayList<>();
        for (Skill skill : tube.skills()) {
            boolean direct = skill.difficulty() == asked.difficulty();
            if (direct || (skill.difficulty() > asked.difficulty() && isOpen(skill.id()))) {
                changes.add(new SkillChange(skill.id(), false, direct, Fraction.ZERO));
            }
        }
        return changes;
    }

    private boolean isFailedDirectlyInPass(SkillId skill) {
        return skills.get(skill) instanceof Invalidated failed && failed.direct() && failed.pass() == pass;
    }

    private Knowledge afterAnswer(AnswerRecorded answer, Instant at) {
        Map<SkillId, SkillKnowledge> known = new HashMap<>(skills);
        Fraction points = sum;
        for (SkillChange change : changesBy(answer)) {
            known.put(change.skill(), knowledge(change, answer.answer(), at));
            points = points.plus(change.pix());
        }
        List<PastAnswer> all = new ArrayList<>(answers.size() + 1);
        all.addAll(answers);
        all.add(new PastAnswer(answer, at));
        return new Knowledge(
                frameworks,
                competence,
                Map.copyOf(known),
                Collections.unmodifiableList(all),
                pass,
                passFrom,
                resetFrom,
                without(timers, answer.challenge()),
                absorbed,
                points);
    }

    private Knowledge afterAbsorption(HistoryAbsorbed history, Instant at) {
        Map<SkillId, SkillKnowledge> known = new HashMap<>(skills);
        Fraction points = sum;
        AnswerId because = new AnswerId(history.absorption());
        for (SkillChange change : changesBy(history)) {
            known.put(change.skill(), knowledge(change, because, at));
            points = points.plus(change.pix());
        }
        List<HistoryAbsorbed> all = new ArrayList<>(absorbed);
        all.add(history);
        return new Knowledge(
                frameworks,
                competence,
                Map.copyOf(known),
                answers,
                pass,
                passFrom,
                resetFrom,
                timers,
                List.copyOf(all),
                points);
    }

    private SkillKnowledge knowledge(SkillChange change, AnswerId because, Instant at) {
        return change.validated()
                ? new Validated(change.direct(), change.pix(), because, at)
                : new Invalidated(change.direct(), pass, because, at);
    }

    private Knowledge withTimers(Map<ChallengeId, Instant> running) {
        return new Knowledge(
                frameworks, competence, skills, answers, pass, passFrom, resetFrom, running, absorbed, sum);
    }

    private static <K, V> Map<K, V> with(Map<K, V> map, K key, V value) {
        Map<K, V> more = new HashMap<>(map);
        more.put(key, value);
        return Map.copyOf(more);
    }

    private static <K, V> Map<K, V> without(Map<K, V> map, K key) {
        if (!map.containsKey(key)) {
            return map;
        }
        Map<K, V> fewer = new HashMap<>(map);
        fewer.remove(key);
        return Map.copyOf(fewer);
    }
}
