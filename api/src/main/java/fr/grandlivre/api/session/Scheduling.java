package fr.grandlivre.api.session;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.security.CodeMacs;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.session.SessionCommand.ScheduleSession;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.query.session.SessionQueries;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Plans sessions in the centre of a head's own establishment. Thread-safe. */
@Component
class Scheduling {
    private static final int LONGEST_ROOM = 60;
    private static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]";

    private final SessionQueries sessions;
    private final CodeMacs macs;

    Scheduling(SessionQueries sessions, CodeMacs macs) {
        this.sessions = sessions;
        this.macs = macs;
    }

    /**
     * @param date day
     * @param time Europe/Paris
     * @param room as written on the door
     */
    record Plan(LocalDate date, LocalTime time, String room) {}

    static Plan plan(Fields fields, @Nullable String date, @Nullable String time, @Nullable String room) {
        return new Plan(
                fields.day("/date", date),
                fields.parsed("/time", time, Scheduling::time, LocalTime.MIDNIGHT),
                fields.text("/room", room, LONGEST_ROOM));
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
        return head.school().flatMap(uai -> sessions.centreOf(uai.value()));
    }

    /** @throws ProblemException {@code not-found} when the establishment holds no centre */
    ScheduleSession command(Plan plan, DrawnCodes.Drawn drawn, SignedIn head) {
        return new ScheduleSession(
                drawn.session(),
                drawn.number(),
                centre(head).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND)),
                plan.date(),
                plan.time(),
                plan.room(),
                List.of(),
                drawn.accessCode(),
                macs.ofInvigilators(drawn.number(), drawn.invigilatorCode()));
    }
}
