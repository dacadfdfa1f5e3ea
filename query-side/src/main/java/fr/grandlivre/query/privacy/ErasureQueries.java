package fr.grandlivre.query.privacy;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.privacy.ErasureEvent.Basis;
import fr.grandlivre.events.privacy.ErasureEvent.HoldBasis;
import fr.grandlivre.events.vocabulary.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tells what is asked, held and erased of whom. Thread-safe. */
public final class ErasureQueries {
    /** Name of the view it reads. */
    public static final String VIEW = "erasure";

    private static final String ERASURE = """
        SELECT position, person, classes, kids, basis, erased_at, receipted_at, residual, receipt FROM erasure.erasure\
        """;

    private static final String REQUEST = """
        SELECT person, classes, basis, requester, requested_at FROM erasure.request\
        """;

    private static final String HOLD = "SELECT person, class, basis, until, placer FROM erasure.hold";

    private final JdbcTemplate jdbc;

    public ErasureQueries(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @return the erasures of a person, the newest first */
    public List<Erasure> of(AccountId person) {
        return jdbc.query(
                ERASURE + " WHERE person = ? ORDER BY position DESC", ErasureQueries::erasure, person.value());
    }

    /** @return the newest erasures of all persons */
    public List<Erasure> newest(int limit) {
        return jdbc.query(ERASURE + " ORDER BY position DESC LIMIT ?", ErasureQueries::erasure, limit);
    }

    /** @return erasures that are not carried through, in the order in which they were decided */
    public List<Erasure> unfinished() {
        return jdbc.query(ERASURE + " WHERE receipt IS NULL ORDER BY position", ErasureQueries::erasure);
    }

    /**
     * @param position last one known
     * @return later erasures, in their order
     */
    public List<Erasure> after(long position) {
        return jdbc.query(ERASURE + " WHERE position > ? ORDER BY position", ErasureQueries::erasure, position);
    }

    /** @return what is asked for and waits, the oldest first */
    public List<ErasureRequest> requests(int limit) {
        return jdbc.query(REQUEST + " ORDER BY position LIMIT ?", ErasureQueries::request, limit);
    }

    /** @return what is asked about a person and waits */
    public Optional<ErasureRequest> request(AccountId person) {
        return jdbc.query(REQUEST + " WHERE person = ?", ErasureQueries::request, person.value()).stream()
                .findFirst();
    }

    /**
     * @param today civil day, Europe/Paris
     * @return what of a person must not be erased now
     */
    public List<Hold> holds(AccountId person, LocalDate today) {
        return jdbc.query(
                HOLD + " WHERE person = ? AND until >= ? ORDER BY class", ErasureQueries::hold, person.value(), today);
    }

    /**
     * @param today civil day, Europe/Paris
     * @return what must not be erased now, the first to end first
     */
    public List<Hold> holds(LocalDate today, int limit) {
        return jdbc.query(
                HOLD + " WHERE until >= ? ORDER BY until, person, class LIMIT ?", ErasureQueries::hold, today, limit);
    }

    private static Erasure erasure(ResultSet row, int number) throws SQLException {
        String receipt = row.getString("receipt");
        return new Erasure(
                row.getLong("position"),
                account(row, "person"),
                classes(row.getString("classes")),
                texts(row.getString("kids")).stream().map(UUID::fromString).toList(),
                Basis.valueOf(row.getString("basis")),
                instant(row, "erased_at"),
                receipt == null
                        ? Optional.empty()
                        : Optional.of(
                                new Erasure.Receipt(instant(row, "receipted_at"), row.getInt("residual"), receipt)));
    }

    private static ErasureRequest request(ResultSet row, int number) throws SQLException {
        return new ErasureRequest(
                account(row, "person"),
                classes(row.getString("classes")),
                Basis.valueOf(row.getString("basis")),
                account(row, "requester"),
                instant(row, "requested_at"));
    }

    private static Hold hold(ResultSet row, int number) throws SQLException {
        return new Hold(
                account(row, "person"),
                new DataClass(row.getString("class")),
                HoldBasis.valueOf(row.getString("basis")),
                row.getObject("until", LocalDate.class),
                account(row, "placer"));
    }

    private static AccountId account(ResultSet row, String column) throws SQLException {
        return new AccountId(row.getObject(column, UUID.class));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static List<DataClass> classes(String text) {
        return texts(text).stream().map(DataClass::new).toList();
    }

    private static List<String> texts(String list) {
        return list.isEmpty() ? List.of() : Arrays.asList(list.split(","));
    }
}
