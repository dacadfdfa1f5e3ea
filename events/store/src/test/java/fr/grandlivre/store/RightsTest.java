package fr.grandlivre.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What the application's role may do, tried. */
class RightsTest {
    private static TestLedger ledger;

    @BeforeAll
    static void create() {
        ledger = TestLedger.create();
        ledger.writer().append(Requests.one(UUID.randomUUID(), 0)).join();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ledger.event set payload = ''",
                "update ledger.event set recorded_at = now()",
                "delete from ledger.event",
                "truncate ledger.event",
                "truncate ledger.event_from_1",
                "delete from ledger.event_from_1",
                "update ledger.event_from_1 set seq = 7",
                "insert into ledger.event select position + 1, recorded_at, seq, type, stream, event_id, metadata,"
                        + " payload from ledger.event",
                "update ledger.ledger_head set position = 0",
                "update ledger.stream_head set seq = 0",
                "delete from ledger.stream_head",
                "delete from ledger.command_receipt",
                "update ledger.event_type set name = 'x'",
                "insert into ledger.log_tile (level, index, hashes) values (0, 0, sha256(''))",
                "update ledger.log_tile set hashes = sha256('')",
                "delete from ledger.log_tile",
                "insert into ledger.log_checkpoint values (1, sha256(''), now(), '')",
                "update ledger.log_checkpoint set note = ''",
                "delete from ledger.log_checkpoint",
                "drop table ledger.event",
                "alter table ledger.event detach partition ledger.event_from_1",
                "create table ledger.mine (x int)",
                "alter function ledger.append set search_path = public",
                "delete from ledger.flyway_schema_history"
            })
    void the_application_cannot(String statement) throws SQLException {
        try (Connection connection = ledger.app().getConnection();
                Statement sql = connection.createStatement()) {
            assertThatThrownBy(() -> sql.execute(statement))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
        }
        assertThat(ledger.number("select count(*) from ledger.event")).isEqualTo(1);
    }

    @Test
    void the_application_reads_and_appends() {
        assertThat(ledger.reader().page(0, 10)).hasSize(1);
        assertThatCode(() -> DurabilityCheck.appendOnly(ledger.app())).doesNotThrowAnyException();
        assertThatCode(() -> DurabilityCheck.durable(ledger.app())).doesNotThrowAnyException();
    }

    @Test
    void a_role_that_owns_the_ledger_is_refused_at_start() {
        assertThatThrownBy(() -> DurabilityCheck.appendOnly(ledger.owner()))
                .isInstanceOf(DurabilityCheck.UnfitDatabaseException.class)
                .hasMessageContaining("superuser");
    }

    @Test
    void a_role_that_may_change_events_is_refused_at_start() throws SQLException {
        ledger.execute("grant update on ledger.event to " + TestServer.APP_USER);
        try {
            assertThatThrownBy(() -> DurabilityCheck.appendOnly(ledger.app()))
                    .hasMessageContaining("may update ledger.event");
        } finally {
            ledger.execute("revoke update on ledger.event from " + TestServer.APP_USER);
        }
        DurabilityCheck.appendOnly(ledger.app());
    }

    @Test
    void connections_that_do_not_wait_for_the_disk_are_refused_at_start() {
        PGSimpleDataSource forgetful = TestServer.app(ledger.database());
        forgetful.setOptions("-c synchronous_commit=off");
        assertThatThrownBy(() -> DurabilityCheck.durable(forgetful))
                .isInstanceOf(DurabilityCheck.UnfitDatabaseException.class)
                .hasMessageContaining("synchronous_commit is off")
                .hasMessageNotContaining("\n");
    }

    @Test
    void a_view_that_shows_a_school_the_rows_of_another_is_refused_at_start() throws SQLException {
        ledger.execute("create table public.pupil (school text)");
        ledger.execute("create policy establishment on public.pupil using (school = current_setting('any.school'))");
        ledger.execute("alter table public.pupil enable row level security");
        try {
            assertThatThrownBy(() -> DurabilityCheck.walled(ledger.app()))
                    .isInstanceOf(DurabilityCheck.UnfitDatabaseException.class)
                    .hasMessageContaining("row-level security of pupil is off or not forced");
            ledger.execute("alter table public.pupil force row level security");
            DurabilityCheck.walled(ledger.app());
        } finally {
            ledger.execute("drop table public.pupil");
        }
    }
}
