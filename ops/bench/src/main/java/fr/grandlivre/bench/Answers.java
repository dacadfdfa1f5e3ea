package fr.grandlivre.bench;

import fr.grandlivre.events.EventCatalog;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.EventMetadata;
import fr.grandlivre.events.FieldContext;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.events.SealedField;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SkillId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Seeded answers, with the bytes in which the ledger keeps them: what every way of appending stores. Thread-safe. */
final class Answers {
    /** Of all random data of the bench. */
    static final long SEED = 20_260_601;

    /** Many enough that no page of a table compresses or caches better than real ones. */
    private static final int KINDS = 4_096;

    private final List<Answer> answers = new ArrayList<>(KINDS);
    private final AtomicInteger next = new AtomicInteger();

    Answers() {
        Random random = new Random(SEED);
        EventCodec codec = new EventCodec(EventCatalog.standard());
        for (int i = 0; i < KINDS; i++) {
            AnswerRecorded event = event(random);
            EventMetadata metadata = metadata(random);
            answers.add(new Answer(
                    event,
                    metadata,
                    codec.encode(uuid(random), event, NothingPersonal.INSTANCE),
                    codec.encodeMetadata(metadata)));
        }
    }

    /**
     * @param event         an answer by choice, as nine of ten are; nothing in it is personal
     * @param metadata      who gave it
     * @param payload       canonical JSON of the event
     * @param metadataBytes canonical JSON of the metadata
     */
    record Answer(AnswerRecorded event, EventMetadata metadata, byte[] payload, byte[] metadataBytes) {}

    /** @return the next answer; after the last one the first follows again */
    Answer next() {
        return answers.get(Math.floorMod(next.getAndIncrement(), KINDS));
    }

    /** @return mean bytes of payload and metadata of an event */
    double meanBytes() {
        return answers.stream()
                .mapToInt(answer -> answer.payload.length + answer.metadataBytes.length)
                .average()
                .orElseThrow();
    }

    private static AnswerRecorded event(Random random) {
        String tube = "tube" + (char) ('a' + random.nextInt(26)) + (char) ('a' + random.nextInt(26));
        int difficulty = 1 + random.nextInt(8);
        return new AnswerRecorded(
                new AnswerId(uuid(random)),
                new LearnerId(uuid(random)),
                new CompetenceCode((1 + random.nextInt(5)) + "." + (1 + random.nextInt(3))),
                new ChallengeId(tube + difficulty + "a"),
                new SkillId("@" + tube + difficulty),
                new FrameworkVersion("2026"),
                random.nextInt(3) == 0 ? Outcome.KO : Outcome.OK,
                random.nextBoolean() ? false : null,
                random.nextInt(120_000),
                null,
                List.of(random.nextInt(4)),
                null);
    }

    private static EventMetadata metadata(Random random) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        UUID command = uuid(random);
        return new EventMetadata(
                uuid(random),
                null,
                command,
                command,
                Role.LEARNER,
                Base64.getUrlEncoder().withoutPadding().encodeToString(salt));
    }

    private static UUID uuid(Random random) {
        return new UUID(
                (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L,
                (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
    }

    /** Answers by choice hold nothing to seal. */
    enum NothingPersonal implements PersonalVault {
        INSTANCE;

        @Override
        public SealedField seal(FieldContext context, UUID person, byte[] plaintext) {
            throw new IllegalStateException("the bench records nothing personal");
        }

        @Override
        public Optional<Opened> open(FieldContext context, SealedField field) {
            return Optional.empty();
        }
    }
}
