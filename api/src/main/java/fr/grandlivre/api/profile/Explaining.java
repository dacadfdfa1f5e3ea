package fr.grandlivre.api.profile;

import fr.grandlivre.api.request.Etag;
import fr.grandlivre.api.request.Moment;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.Withdrawals;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SkillId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.profile.ProfileQueries;
import fr.grandlivre.rules.evaluation.Explanation;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.evaluation.NextChallenge;
import fr.grandlivre.rules.evaluation.PastAnswer;
import fr.grandlivre.rules.evaluation.PixScore;
import fr.grandlivre.rules.evaluation.SkillChange;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Puts the explanation of a level into the reader's language. Thread-safe. */
@Component
class Explaining {
    private final ProfileQueries profiles;
    private final Frameworks frameworks;
    private final Withdrawals withdrawals;
    private final ServerClock clock;

    Explaining(ProfileQueries profiles, Frameworks frameworks, Withdrawals withdrawals, ServerClock clock) {
        this.profiles = profiles;
        this.frameworks = frameworks;
        this.withdrawals = withdrawals;
        this.clock = clock;
    }

    /** @return empty when the framework of that instant has no such competence */
    Optional<WhyLevel> why(LearnerId learner, CompetenceCode code, Moment moment) {
        Framework framework = frameworks.inForce(moment.at());
        return framework.competence(code).map(competence -> why(learner, competence, framework, moment));
    }

    private WhyLevel why(LearnerId learner, Competence competence, Framework framework, Moment moment) {
        var explained = profiles.explained(learner, competence.code(), moment.position());
        // What may be done is a matter of now, whatever instant is shown.
        var now = moment.past() ? profiles.explained(learner, competence.code(), Long.MAX_VALUE) : explained;
        WhyLevel.Next next = next(learner, competence.code(), now.knowledge());
        Explanation explanation = explained.explanation();
        PixScore score = explanation.score();
        return new WhyLevel(
                competence.code().value(),
                competence.title().in(language()),
                explanation.rule().orElse(framework.version()).value(),
                score.level().value(),
                score.pix().value(),
                score.sum().toString(),
                score.missing().isPresent() ? score.missing().getAsInt() : null,
                explanation.counted().stream()
                        .map(counted -> counted(counted, explained.positions()))
                        .toList(),
                explanation.notCounted().stream()
                        .map(past -> new WhyLevel.NotCounted(
                                given(past.answer(), explained.positions()), WireName.of(past.reason())))
                        .toList(),
                explanation.absorbed().stream()
                        .map(absorbed -> absorbed(absorbed, explained.positions()))
                        .toList(),
                next,
                Etag.of(
                        now.changed(),
                        explained.changed(),
                        framework.version(),
                        frameworks.inForce(clock.now()).version(),
                        language().getLanguage(),
                        next.due() ? "due" : "done"));
    }

    private WhyLevel.Next next(LearnerId learner, CompetenceCode code, Knowledge knowledge) {
        Framework inForce = frameworks.inForce(clock.now());
        boolean due = NextChallenge.due(
                        StreamIds.evaluation(learner, code), knowledge, inForce, withdrawals.of(inForce.version()))
                .isPresent();
        boolean reset = knowledge.resetFrom() == knowledge.answers().size()
                && knowledge.skills().isEmpty();
        return new WhyLevel.Next(
                knowledge.isStarted() && !reset,
                due,
                knowledge.hasSomethingToImprove()
                        && (knowledge.hasFailedInPass()
                                || !knowledge.answersOfPass().isEmpty()),
                knowledge.improvableFrom(inForce).orElse(null),
                reset ? null : knowledge.resettableFrom(inForce).orElse(null));
    }

    private WhyLevel.Counted counted(Explanation.Counted counted, Map<AnswerId, Long> positions) {
        Framework framework = frameworks.of(counted.answer().recorded().framework());
        return new WhyLevel.Counted(
                given(counted.answer(), positions),
                counted.changes().stream()
                        .map(change -> change(change, framework))
                        .toList(),
                counted.contribution().toString(),
                counted.before().toString(),
                counted.after().toString(),
                pix(counted.before(), framework),
                pix(counted.after(), framework));
    }

    private WhyLevel.Absorbed absorbed(Explanation.Absorbed absorbed, Map<AnswerId, Long> positions) {
        return new WhyLevel.Absorbed(
                absorbed.at(),
                absorbed.contribution().toString(),
                absorbed.changes().stream()
                        .map(change -> change(change, holder(change.skill())))
                        .toList(),
                answers(absorbed.there())
                        .map(answer -> given(answer, positions))
                        .toList());
    }

    private static Stream<PastAnswer> answers(Explanation there) {
        return Stream.concat(
                there.absorbed().stream().flatMap(absorbed -> answers(absorbed.there())),
                there.counted().stream().map(Explanation.Counted::answer));
    }

    /** @return the newest version that holds the skill */
    private Framework holder(SkillId skill) {
        return frameworks.versions().reversed().stream()
                .filter(framework -> framework.skill(skill).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static int pix(Fraction sum, Framework framework) {
        return PixScore.of(sum, framework.scale()).pix().value();
    }

    private WhyLevel.Given given(PastAnswer past, Map<AnswerId, Long> positions) {
        AnswerRecorded recorded = past.recorded();
        return new WhyLevel.Given(
                recorded.answer().toString(),
                positions.getOrDefault(recorded.answer(), 0L),
                past.at(),
                recorded.challenge().value(),
                recorded.skill().value(),
                title(recorded.skill(), recorded.framework()),
                WireName.of(recorded.outcome()),
                recorded.focusedOut(),
                recorded.participation() == null
                        ? null
                        : recorded.participation().toString());
    }

    private static WhyLevel.Change change(SkillChange change, Framework framework) {
        return new WhyLevel.Change(
                change.skill().value(),
                framework.skill(change.skill()).orElseThrow().title().in(language()),
                change.validated(),
                change.direct(),
                change.pix().toString());
    }

    private String title(SkillId skill, FrameworkVersion version) {
        return frameworks.of(version).skill(skill).orElseThrow().title().in(language());
    }

    private static Locale language() {
        return LocaleContextHolder.getLocale();
    }
}
