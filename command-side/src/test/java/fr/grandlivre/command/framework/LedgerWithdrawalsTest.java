package fr.grandlivre.command.framework;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.command.LedgerScenario;
import fr.grandlivre.command.TestFrameworks;
import fr.grandlivre.command.framework.FrameworkCommand.PublishFramework;
import fr.grandlivre.command.framework.FrameworkCommand.RestoreChallenge;
import fr.grandlivre.command.framework.FrameworkCommand.WithdrawChallenge;
import fr.grandlivre.events.vocabulary.ChallengeId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LedgerWithdrawalsTest {
    private static final Instant NOW = Instant.parse("2021-10-01T08:00:00Z");
    private static final ChallengeId CHALLENGE =
            TestFrameworks.skill("1.1", "A", 1).challenges().getFirst().id();

    private final LedgerScenario scenario = new LedgerScenario(NOW);
    private final MovableClock clock = new MovableClock();
    private final LedgerWithdrawals withdrawals =
            new LedgerWithdrawals(scenario.ledger(), clock, Duration.ofSeconds(2));

    LedgerWithdrawalsTest() {
        scenario.with(side -> PublishedFramework.register(side, TestFrameworks.BOTH, scenario.ledger()));
    }

    @Test
    void nothing_is_withdrawn_from_a_version_that_is_not_published() {
        assertThat(withdrawals.of(TestFrameworks.V2021)).isEmpty();
    }

    @Test
    void a_withdrawal_and_a_restoration_are_seen_when_the_last_look_is_too_old() {
        scenario.when(new PublishFramework(TestFrameworks.V2021, TestFrameworks.HASH, true));
        assertThat(withdrawals.of(TestFrameworks.V2021)).isEmpty();

        scenario.when(new WithdrawChallenge(TestFrameworks.V2021, CHALLENGE, "outdated"));
        clock.now = NOW.plusSeconds(2);
        assertThat(withdrawals.of(TestFrameworks.V2021)).isEmpty();
        clock.now = NOW.plusSeconds(2).plusMillis(1);
        assertThat(withdrawals.of(TestFrameworks.V2021)).containsExactly(CHALLENGE);

        scenario.when(new RestoreChallenge(TestFrameworks.V2021, CHALLENGE, "corrected"));
        clock.now = NOW.plusSeconds(60);
        assertThat(withdrawals.of(TestFrameworks.V2021)).isEmpty();
    }

    private static final class MovableClock extends Clock {
        private Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
