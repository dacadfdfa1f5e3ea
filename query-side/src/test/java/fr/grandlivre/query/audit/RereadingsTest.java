package fr.grandlivre.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.query.TestViews;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several nodes begin their night at the same minute; one of them reads the ledger again. */
class RereadingsTest {
    private static final Instant NIGHT = Instant.parse("2022-05-16T01:15:00Z");

    @Test
    void of_many_nodes_one_takes_its_turn() throws Exception {
        try (TestViews views = new TestViews();
                var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            Rereadings rereadings = new Rereadings(views.jdbc());
            rereadings.create();
            Callable<Boolean> node = () -> rereadings.takeTurn(NIGHT, Duration.ofHours(12));
            List<Future<Boolean>> turns =
                    nodes.invokeAll(Stream.generate(() -> node).limit(8).toList());

            assertThat(turns.stream().filter(Future::resultNow)).hasSize(1);
            assertThat(rereadings.takeTurn(NIGHT.plusSeconds(60), Duration.ofHours(12)))
                    .isFalse();
            assertThat(rereadings.takeTurn(NIGHT.plus(Duration.ofDays(1)), Duration.ofHours(12)))
                    .isTrue();
        }
    }
}
