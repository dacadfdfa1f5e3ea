package fr.grandlivre.api.session;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.security.CodeMacs;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.session.SessionCommand.DrawInvigilatorCode;
import fr.grandlivre.command.session.SessionCommand.RescheduleSession;
import fr.grandlivre.command.session.SessionCommand.ScheduleSession;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.query.session.ExamQueries;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.query.session.SessionView;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Plans sessions in the centre of a head's own establishment. Thread-safe. */
@Component
class Scheduling {
    private static final int LONGEST_ROOM = 60;
    private static final int LONGEST_REASON = 500;
    private static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]";

    private static final int MOST_DRAWS = 20;

    private final Dispatch dispatch;
    private final SessionQueries sessions;
    private final ExamQueries planned;
    private final DrawnCodes codes;
    private final CodeMacs macs;

    Scheduling(Dispatch dispatch, SessionQueries sessions, ExamQueries planned, DrawnCodes codes, CodeMacs macs) {
        this.dispatch = dispatch;
        this.sessions = sessions;
        this.planned = planned;
        this.codes = codes;
        this.macs = macs;
    }

    /**
     * A planned session, or why it is not planned.
     *
     * @param outcome of the command
     * @param drawn   its codes; without meaning when refused
     */
    record Scheduled(Outcome outcome, DrawnCodes.Drawn drawn) {}

    /**
     * Plans a session under the first number drawn that the ledger gives it. A repeated command gets the codes of the first.
     *
     * @throws ProblemException {@code not-found} when the establishment holds no centre
     */
    Scheduled schedule(Plan plan, CommandKey key, SignedIn head) {
        for (int draw = 0; draw < MOST_DRAWS; draw++) {
            DrawnCodes.Drawn drawn = codes.session(key.commandId(), draw);
            boolean free =
                    sessions.using(drawn.number(), drawn.accessCode()).stream().allMatch(drawn.session()::equals);
            Outcome outcome = free
                    ? dispatch.outcome(command(plan, drawn, head), key, head, Role.HEAD)
                    : new Outcome.Refused(Refusal.NUMBER_TAKEN, Map.of());
            if (!(outcome instanceof Outcome.Refused(var code, var _))) {
                return new Scheduled(outcome, recorded(key));
            }
            if (code != Refusal.NUMBER_TAKEN) {
                return new Scheduled(outcome, drawn);
            }
        }
        throw new IllegalStateException("no free session number in " + MOST_DRAWS + " draws");
    }

    private DrawnCodes.Drawn recorded(CommandKey key) {
        SessionId session = codes.session(key.commandId(), 0).session();
        int number = planned.number(session).orElseThrow();
        return IntStream.range(0, MOST_DRAWS)
                .mapToObj(draw -> codes.session(key.commandId(), draw))
                .filter(drawn -> drawn.number() == number)
                .findFirst()
                .orElseThrow();
    }

    /**
     * A new invigilators' code, or why there is none.
     *
     * @param outcome of the command
     * @param code    without meaning when refused
     */
    record Redrawn(Outcome outcome, String code) {
        /** Never shows the code. */
        @Override
        public String toString() {
            return "Redrawn[outcome=" + outcome + "]";
        }
    }

    /** Draws the invigilators' code anew; the former one opens nothing any more. A repeated command gets the same code. */
    Redrawn redraw(SessionView session, CommandKey key, SignedIn head) {
        String code = codes.invigilatorCode(key.commandId());
        DrawInvigilatorCode command =
                new DrawInvigilatorCode(session.session(), macs.ofInvigilators(session.number(), code));
        return new Redrawn(dispatch.outcome(command, key, head, Role.HEAD), code);
    }

    /**
     * @param date day
     * @param time Europe/Paris
     * @param room as written on the door
     * @param invigilators who may watch over it; none = whoever holds the invigilators' code
     */
    record Plan(LocalDate date, LocalTime time, String room, List<AccountId> invigilators) {}

    static Plan plan(
            Fields fields,
            @Nullable String date,
            @Nullable String time,
            @Nullable String room,
            List<AccountId> invigilators) {
        return new Plan(
                fields.day("/date", date),
                fields.parsed("/time", time, Scheduling::time, LocalTime.MIDNIGHT),
                fields.label("/room", room, LONGEST_ROOM),
                invigilators);
    }

    static RescheduleSession reschedule(
            Fields fields,
            SessionId session,
            @Nullable String date,
            @Nullable String time,
            @Nullable String room,
            @Nullable String reason) {
        Plan plan = plan(fields, date, time, room, List.of());
        return new RescheduleSession(
                session, plan.date(), plan.time(), plan.room(), fields.text("/reason", reason, LONGEST_REASON));
    }

    private static LocalTime time(String text) {
        if (!text.matches(TIME)) {
            throw new IllegalArgumentException("no time");
        }
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    /** @return the centre that the head's establishment holds; empty when it holds none */
    Optional<CentreId> centre(SignedIn head) {
        return head.school().flatMap(sessions::centreOf);
    }

    private ScheduleSession command(Plan plan, DrawnCodes.Drawn drawn, SignedIn head) {
        return new ScheduleSession(
                drawn.session(),
                drawn.number(),
                centre(head).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND)),
                plan.date(),
                plan.time(),
                plan.room(),
                plan.invigilators(),
                drawn.accessCode(),
                macs.ofInvigilators(drawn.number(), drawn.invigilatorCode()));
    }
}
