package fr.grandlivre.bench;

import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.store.Appended;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongConsumer;

/**
 * Fills a ledger as years would: learners who answer at the same time, forty answers each, then others; one command an
 * answer, through the application's writer. What stands at a position follows from the position, so that a fill goes on
 * where it was interrupted.
 */
final class Prefill {
    /** Learners × competences that answer at the same time: far more than a page of events holds. */
    static final int ACTIVE = 20_000;

    private static final int ANSWERS_EACH = 40;

    /** Has no factor in common with {@link #ACTIVE}: every learner has one turn, in another order than before. */
    private static final long STRIDE = 7_919;

    /** Half of what the writer lets wait. */
    private static final int ON_THEIR_WAY = 4_096;

    private static final long BETWEEN_REPORTS = 500_000;
    private static final CompetenceCode COMPETENCE = new CompetenceCode("1.1");

    private Prefill() {}

    /** @return the stream of a learner, 0.. in the order of their first answer */
    static UUID stream(long learner) {
        return StreamIds.evaluation(new LearnerId(new UUID(Answers.SEED, learner)), COMPETENCE);
    }

    /** @return streams that a ledger with so many events holds at least */
    static long streams(long events) {
        long began = events / ((long) ACTIVE * ANSWERS_EACH) * ACTIVE;
        return events % ((long) ACTIVE * ANSWERS_EACH) < ACTIVE ? began : began + ACTIVE;
    }

    /**
     * @param ledger  empty, or filled by this class before
     * @param events  how many it is to hold at least
     * @param reached told now and then how many it holds
     */
    static void fill(Ledger ledger, Answers answers, long events, LongConsumer reached)
            throws InterruptedException, ExecutionException {
        Deque<CompletableFuture<Appended>> onTheirWay = new ArrayDeque<>();
        for (long event = ledger.reader().head(); event < events; event++) {
            // The writer keeps the order in which it was asked.
            onTheirWay.add(ledger.writer()
                    .append(WriterAlone.request(answers.next(), stream(learner(event)), answersBefore(event))));
            if (onTheirWay.size() == ON_THEIR_WAY) {
                onTheirWay.remove().get();
            }
            if ((event + 1) % BETWEEN_REPORTS == 0) {
                reached.accept(event + 1);
            }
        }
        while (!onTheirWay.isEmpty()) {
            onTheirWay.remove().get();
        }
    }

    /** @return who answers at position {@code event + 1} */
    static long learner(long event) {
        long turn = event / ACTIVE;
        return turn / ANSWERS_EACH * ACTIVE + (event % ACTIVE * STRIDE + turn) % ACTIVE;
    }

    /** @return answers of that learner before this one */
    static int answersBefore(long event) {
        return (int) (event / ACTIVE % ANSWERS_EACH);
    }
}
