package fr.grandlivre.command.session;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.session.ExamState.Ended;
import fr.grandlivre.command.session.ExamState.NotStarted;
import fr.grandlivre.command.session.ExamState.Running;
import fr.grandlivre.command.session.SessionCommand.RaiseAlert;
import fr.grandlivre.command.session.SessionCommand.ResolveAlert;
import fr.grandlivre.command.session.SessionCommand.RestoreTime;
import fr.grandlivre.command.session.SessionCommand.StartExamTimer;
import fr.grandlivre.events.session.SessionEvent.AlertRaised;
import fr.grandlivre.events.session.SessionEvent.AlertResolution;
import fr.grandlivre.events.session.SessionEvent.AlertResolved;
import fr.grandlivre.events.session.SessionEvent.ExamTimerStarted;
import fr.grandlivre.events.session.SessionEvent.Question;
import fr.grandlivre.events.session.SessionEvent.TimeRestored;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.session.ExamRules;
import fr.grandlivre.rules.session.ExamTime;
import fr.grandlivre.rules.session.IssueCategory;
import fr.grandlivre.rules.session.Replacement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what happens around the questions of a running exam: timers, alerts, time given back. Pure. */
final class SittingDecider {
    private SittingDecider() {}

    /**
     * Whether the device may act on a question, in the order in which all acts of candidates are checked.
     *
     * @param number of the question it acts on
     * @param at     when the request was received
     * @return why not; empty when it may
     */
    static Optional<Refused> refusal(ExamState exam, int entry, int number, Instant at) {
        return switch (exam) {
            case NotStarted _ -> Optional.of(new Refused(Refusal.EXAM_NOT_STARTED));
            case Running running
            when running.started().entry() != entry -> Optional.of(new Refused(Refusal.EXAM_TAKEN_OVER));
            case Ended ended when ended.started().entry() != entry -> Optional.of(new Refused(Refusal.EXAM_TAKEN_OVER));
            case Ended _ -> Optional.of(new Refused(Refusal.EXAM_ENDED));
            case Running running -> refusal(running, number, at);
        };
    }

    private static Optional<Refused> refusal(Running running, int number, Instant at) {
        if (!ExamTime.isAccepted(at, running.endsAt())) {
            return Optional.of(new Refused(Refusal.EXAM_OVER, "endsAt", running.endsAt()));
        }
        Optional<AlertRaised> alert = running.alerts().open();
        if (alert.isPresent()) {
            return Optional.of(
                    new Refused(Refusal.ALERT_OPEN, "number", alert.get().number()));
        }
        if (number > running.due() || number > running.started().questions().size()) {
            return Optional.of(new Refused(Refusal.QUESTION_OUT_OF_ORDER, "due", running.due()));
        }
        return number < running.due() ? Optional.of(new Refused(Refusal.ALREADY_ANSWERED)) : Optional.empty();
    }

    /**
     * @param now not used: a timer starts when the request was received
     * @return a code of the answers' row when refused
     */
    static Decision decide(ExamState exam, StartExamTimer command, Instant now) {
        Instant at = command.receivedAt().truncatedTo(ChronoUnit.MILLIS);
        Optional<Refused> refusal = refusal(exam, command.entry(), command.number(), at);
        if (refusal.isPresent() || !(exam instanceof Running running)) {
            return refusal.orElseThrow();
        }
        Question due = running.started().questions().get(command.number() - 1);
        return due.timerMs() == null || running.timer().isPresent()
                ? Accepted.nothing()
                : new Accepted(new ExamTimerStarted(command.exam(), command.number(), at));
    }

    /** @return {@code category-unknown} or a code of the answers' row when refused */
    static Decision decide(ExamState exam, RaiseAlert command, Instant now) {
        if (exam instanceof Running running && running.alerts().has(command.alert())) {
            return Accepted.nothing();
        }
        Optional<Refused> refusal = refusal(exam, command.entry(), command.number(), now);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        boolean known = IssueCategory.ofAlerts().stream()
                .anyMatch(category -> category.code().equals(command.category()));
        return known
                ? new Accepted(new AlertRaised(command.exam(), command.alert(), command.number(), command.category()))
                : new Refused(Refusal.CATEGORY_UNKNOWN);
    }

    /**
     * @param withdrawn challenges of the exam's version that are no longer asked
     * @param now       not used: an alert may be resolved until the exam ends
     * @return {@code exam-not-started}, {@code exam-ended}, {@code no-open-alert} or {@code no-replacement} when refused
     */
    static Decision decide(
            ExamState exam, ResolveAlert command, Frameworks frameworks, Set<ChallengeId> withdrawn, Instant now) {
        return switch (exam) {
            case NotStarted _ -> new Refused(Refusal.EXAM_NOT_STARTED);
            case Ended _ -> new Refused(Refusal.EXAM_ENDED);
            case Running running when running.alerts().resolved().contains(command.alert()) -> Accepted.nothing();
            case Running running when !running.alerts().has(command.alert()) -> new Refused(Refusal.NO_OPEN_ALERT);
            case Running running -> resolve(running, command, frameworks, withdrawn);
        };
    }

    private static Decision resolve(
            Running running, ResolveAlert command, Frameworks frameworks, Set<ChallengeId> withdrawn) {
        return switch (command.resolution()) {
            case DISMISSED -> new Accepted(resolved(command, null));
            case REPLACED -> {
                Framework framework = frameworks.of(running.started().framework());
                Set<ChallengeId> unusable = new HashSet<>(withdrawn);
                unusable.addAll(running.alerts().replaced());
                running.started().questions().forEach(question -> unusable.add(question.challenge()));
                yield Replacement.of(framework, running.started().questions().get(running.due() - 1), unusable)
                        .flatMap(found -> framework.challenge(found.challenge()))
                        .<Decision>map(found -> new Accepted(resolved(command, found)))
                        .orElseGet(() -> new Refused(Refusal.NO_REPLACEMENT));
            }
        };
    }

    private static AlertResolved resolved(ResolveAlert command, @Nullable Challenge instead) {
        return new AlertResolved(
                command.exam(),
                command.alert(),
                instead == null ? AlertResolution.DISMISSED : AlertResolution.REPLACED,
                instead == null ? null : instead.id(),
                instead == null ? null : instead.skill(),
                instead == null ? null : instead.timer().map(Duration::toMillis).orElse(null));
    }

    /**
     * @param now not used: time may be given back until the exam ends
     * @return {@code exam-not-started}, {@code exam-ended} or {@code time-range} when refused
     */
    static Decision decide(ExamState exam, RestoreTime command, Instant now) {
        return switch (exam) {
            case NotStarted _ -> new Refused(Refusal.EXAM_NOT_STARTED);
            case Ended _ -> new Refused(Refusal.EXAM_ENDED);
            case Running running -> restore(running, command);
        };
    }

    private static Decision restore(Running running, RestoreTime command) {
        ExamRules rules = ExamRules.of(running.started().rules());
        Duration added = command.added().truncatedTo(ChronoUnit.MILLIS);
        return ExamTime.isRestorable(rules, running.restored(), added)
                ? new Accepted(new TimeRestored(
                        command.exam(), added.toMillis(), running.endsAt().plus(added)))
                : new Refused(
                        Refusal.TIME_RANGE,
                        "leftMs",
                        rules.restorableTime().minus(running.restored()).toMillis());
    }
}
