package fr.grandlivre.query.live;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Events that a policy answered with a command which a rule refused: somebody has to look at them. Thread-safe. */
public final class ParkedRefusals {
    private final JdbcTemplate jdbc;

    public ParkedRefusals(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A pointer to an event, never a copy of it.
     *
     * @param policy   which policy
     * @param position of the event that it answered to
     * @param rule     code of the refusal
     */
    public record Parked(String policy, long position, String rule) {}

    /** @return the newest ones first, at most {@code limit} */
    public List<Parked> newest(int limit) {
        return jdbc.query(
                "SELECT policy, position, rule FROM processing.parked ORDER BY position DESC, policy LIMIT ?",
                (row, _) -> new Parked(row.getString("policy"), row.getLong("position"), row.getString("rule")),
                limit);
    }
}
