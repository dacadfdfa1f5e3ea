package fr.grandlivre.api.demo;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.wiring.DemoClock;
import fr.grandlivre.command.Command;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class VirtualLearnersTest {
    private static final Instant AUTUMN = DemoPast.paris("2020-10-06T10:00");
    private static final Instant SPRING = DemoPast.paris("2021-03-04T10:00");

    /** A command and when it was sent. */
    private record Sent(Instant at, Command command) {}

    /** @return what a class sends in two lessons, by the id of the command */
    private static Map<UUID, Sent> lessons() {
        Map<UUID, Sent> sent = new ConcurrentHashMap<>();
        DemoClock clock = new DemoClock(Optional.empty());
        DemoActs acts = new DemoActs(
                (command, caller) -> {
                    Sent before = sent.put(caller.commandId(), new Sent(clock.instant(), command));
                    assertThat(before).as("two commands of one id").isNull();
                    return new Outcome.Unchanged();
                },
                clock,
                AUTUMN,
                Instant.EPOCH);
        VirtualLearners learners = new VirtualLearners(acts, Frameworks.shipped());
        List<DemoPupil> pupils = DemoPupils.more("4eA", 0, 30, 2008, 0.9);
        learners.lesson("autumn", AUTUMN, pupils, new CompetenceCode("1.1"), 9);
        learners.lesson("spring", SPRING, pupils, new CompetenceCode("1.1"), 9);
        return sent;
    }

    @Test
    void what_pupils_send_together_does_not_depend_on_who_comes_first() {
        Map<UUID, Sent> first = lessons();
        assertThat(first).hasSizeGreaterThan(200).isEqualTo(lessons());
        assertThat(first.values())
                .extracting(Sent::at)
                .contains(AUTUMN.plusSeconds(30))
                .doesNotContainNull();
    }
}
