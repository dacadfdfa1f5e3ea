package fr.grandlivre.api.session;

import fr.grandlivre.query.session.SessionView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The results of a published session as a table for spreadsheets. */
final class ResultFile {
    private static final List<String> HEADER = List.of(
            "session.field.lastName",
            "session.field.firstName",
            "session.field.birthDate",
            "session.seat",
            "session.result",
            "session.pix");

    private ResultFile() {}

    /**
     * @param text the words of a message
     * @return the header first, then a row a candidate; erased names and missing results are empty
     */
    static List<List<Object>> of(SessionView session, UnaryOperator<String> text) {
        List<List<Object>> rows = new ArrayList<>();
        rows.add(HEADER.stream().<Object>map(text).toList());
        for (Seat seat : Seat.of(session)) {
            SessionView.Candidate candidate = seat.candidate();
            rows.add(List.of(
                    cell(candidate.lastName()),
                    cell(candidate.firstName()),
                    cell(candidate.birthDate()),
                    text.apply("session.seat." + seat.status()),
                    seat.outcome() == null ? "" : text.apply("jury.outcome." + seat.outcome()),
                    cell(candidate.totalPix())));
        }
        return rows;
    }

    private static Object cell(@Nullable Object value) {
        return value instanceof Integer number ? number : value == null ? "" : value.toString();
    }
}
