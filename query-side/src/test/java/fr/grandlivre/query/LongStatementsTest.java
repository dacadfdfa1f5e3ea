package fr.grandlivre.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class LongStatementsTest {
    /** For a server that answers at once, many times what it needs. */
    private static final int IMPATIENT_MILLIS = 300;

    private static final String LONGER = "SELECT pg_sleep(0.6)";

    @Test
    void only_what_asks_for_more_may_be_silent_for_long() throws Exception {
        try (TestViews views = new TestViews();
                Connection connection =
                        Objects.requireNonNull(views.jdbc().getDataSource()).getConnection()) {
            connection.setNetworkTimeout(Runnable::run, IMPATIENT_MILLIS);
            JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));

            assertThat(LongStatements.during(jdbc, () -> {
                        jdbc.execute(LONGER);
                        return "done";
                    }))
                    .isEqualTo("done");
            assertThatThrownBy(() -> jdbc.execute(LONGER)).isInstanceOf(DataAccessException.class);
            assertThat(connection.isClosed()).isTrue();
        }
    }
}
