package fr.grandlivre.command.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.LedgerFixture;
import fr.grandlivre.command.LedgerScenario;
import fr.grandlivre.command.MemoryLedger;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.TestFrameworks;
import fr.grandlivre.command.framework.FrameworkCommand.PublishFramework;
import fr.grandlivre.command.framework.FrameworkCommand.RestoreChallenge;
import fr.grandlivre.command.framework.FrameworkCommand.WithdrawChallenge;
import fr.grandlivre.command.framework.FrameworkState.Unpublished;
import fr.grandlivre.events.framework.FrameworkEvent.ChallengeRestored;
import fr.grandlivre.events.framework.FrameworkEvent.ChallengeWithdrawn;
import fr.grandlivre.events.framework.FrameworkEvent.VersionPublished;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class PublishedFrameworkTest {
    private static final Instant NOW = Instant.parse("2021-10-01T08:00:00Z");
    private static final ChallengeId CHALLENGE =
            TestFrameworks.skill("1.1", "A", 1).challenges().getFirst().id();
    private static final VersionPublished V2021 = published(TestFrameworks.BOTH.of(TestFrameworks.V2021));
    private static final WithdrawChallenge WITHDRAW =
            new WithdrawChallenge(TestFrameworks.V2021, CHALLENGE, "the document is outdated");
    private static final ChallengeWithdrawn WITHDRAWN =
            new ChallengeWithdrawn(TestFrameworks.V2021, CHALLENGE, "the document is outdated");

    private final FixtureConfiguration<PublishedFramework> framework = LedgerFixture.of(
            PublishedFramework.class, PublishedFramework::new, NOW, TestFrameworks.BOTH, new MemoryLedger());

    @Test
    void a_version_is_published_with_the_facts_of_its_content() {
        framework
                .givenNoPriorActivity()
                .when(new PublishFramework(TestFrameworks.V2021, TestFrameworks.HASH, false))
                .expectEvents(V2021);
    }

    @Test
    void a_version_published_twice_is_published_once() {
        framework
                .given(V2021)
                .when(new PublishFramework(TestFrameworks.V2021, TestFrameworks.HASH, false))
                .expectNoEvents();
    }

    @Test
    void a_version_published_with_other_content_is_refused() {
        VersionPublished other = new VersionPublished(
                V2021.version(), V2021.validFrom(), 5, "cd".repeat(32), V2021.counts(), V2021.delays());
        framework
                .given(other)
                .when(new PublishFramework(TestFrameworks.V2021, TestFrameworks.HASH, false))
                .expectResultMessagePayload(new Refused(Refusal.VERSION_EXISTS))
                .expectNoEvents();
    }

    @Test
    void another_hash_than_that_of_the_content_is_refused() {
        framework
                .givenNoPriorActivity()
                .when(new PublishFramework(TestFrameworks.V2021, "cd".repeat(32), false))
                .expectResultMessagePayload(new Refused(Refusal.CONTENT_INVALID, "law", "hash"))
                .expectNoEvents();
    }

    @Test
    void a_version_without_sixteen_competences_is_refused() {
        Frameworks fourDomains =
                new Frameworks(List.of(TestFrameworks.version(TestFrameworks.V2021, LocalDate.of(2021, 9, 1), 5, 4)));

        assertThat(publish(fourDomains, false)).isEqualTo(new Refused(Refusal.CONTENT_INVALID, "law", "competences"));
    }

    @Test
    void a_later_version_that_lowers_the_greatest_level_is_refused() {
        VersionPublished level6 = new VersionPublished(
                TestFrameworks.V2019, LocalDate.of(2019, 9, 1), 6, TestFrameworks.HASH, V2021.counts(), V2021.delays());

        assertThat(publish(TestFrameworks.BOTH, false, level6))
                .isEqualTo(new Refused(Refusal.CONTENT_INVALID, "law", "maxReachableLevel"));
    }

    @Test
    void a_version_older_than_the_one_in_force_is_refused_unless_shipped_with_the_first_start() {
        LedgerScenario scenario = new LedgerScenario(NOW);
        scenario.with(side -> PublishedFramework.register(side, TestFrameworks.BOTH, scenario.ledger()))
                .given(StreamIds.framework(TestFrameworks.V2021), V2021)
                .when(new PublishFramework(TestFrameworks.V2019, TestFrameworks.HASH, false))
                .thenRefused(Refusal.VALID_FROM_IN_PAST)
                .when(new PublishFramework(TestFrameworks.V2019, TestFrameworks.HASH, true))
                .thenRecorded();
    }

    @Test
    void a_version_may_be_published_ahead_of_one_that_is_not_in_force_yet() {
        VersionPublished next = new VersionPublished(
                V2021.version(), LocalDate.of(2022, 9, 1), 5, TestFrameworks.HASH, V2021.counts(), V2021.delays());

        assertThat(publish(TestFrameworks.BOTH, false, next)).isInstanceOf(Accepted.class);
    }

    @Test
    void a_challenge_is_withdrawn_once_and_restored_once() {
        RestoreChallenge restore = new RestoreChallenge(TestFrameworks.V2021, CHALLENGE, "corrected");
        ChallengeRestored restored = new ChallengeRestored(TestFrameworks.V2021, CHALLENGE, "corrected");

        framework.given(V2021).when(WITHDRAW).expectEvents(WITHDRAWN);
        framework.given(V2021, WITHDRAWN).when(WITHDRAW).expectNoEvents();
        framework.given(V2021, WITHDRAWN).when(restore).expectEvents(restored);
        framework.given(V2021, WITHDRAWN, restored).when(restore).expectNoEvents();
    }

    @Test
    void a_challenge_that_the_version_does_not_hold_is_refused() {
        framework
                .given(V2021)
                .when(new WithdrawChallenge(TestFrameworks.V2021, new ChallengeId("nowhere1a"), "unknown"))
                .expectResultMessagePayload(new Refused(Refusal.UNKNOWN_CHALLENGE))
                .expectNoEvents();
    }

    @Test
    void a_challenge_of_a_version_that_is_not_published_is_refused() {
        framework
                .givenNoPriorActivity()
                .when(WITHDRAW)
                .expectResultMessagePayload(new Refused(Refusal.UNKNOWN_CHALLENGE))
                .expectNoEvents();
    }

    @Test
    void a_reason_is_neither_blank_nor_longer_than_500_characters() {
        assertThatThrownBy(() -> new WithdrawChallenge(TestFrameworks.V2021, CHALLENGE, " "))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RestoreChallenge(TestFrameworks.V2021, CHALLENGE, "x".repeat(501)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Object publish(Frameworks contents, boolean atFirstStart, VersionPublished... others) {
        PublishFramework command = new PublishFramework(TestFrameworks.V2021, TestFrameworks.HASH, atFirstStart);
        return FrameworkDecider.decide(new Unpublished(), command, contents, List.of(others), NOW);
    }

    private static VersionPublished published(Framework content) {
        return new VersionPublished(
                content.version(),
                content.validFrom(),
                content.maxReachableLevel(),
                content.contentSha256(),
                content.counts(),
                content.delays());
    }
}
