package fr.grandlivre.query;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.EventCatalog;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.EventMetadata;
import fr.grandlivre.events.FieldContext;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.events.SealedField;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.live.DeadLetters;
import fr.grandlivre.query.replay.Rebuild;
import fr.grandlivre.store.AppendRequest;
import fr.grandlivre.store.EncodedEvent;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StreamAppend;
import fr.grandlivre.store.TestLedger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A real ledger with a clock to set, and views over it that are folded when the test says so. */
public final class TestViews implements AutoCloseable {
    private final EventCodec codec = new EventCodec(EventCatalog.standard());
    private final Set<UUID> erased = new HashSet<>();
    private final Map<UUID, Integer> nextSeq = new HashMap<>();
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    };
    private final TestLedger ledger;
    private final JdbcTemplate jdbc;
    private final JdbcTransactionManager transactions;
    private final TransactionTemplate transaction;
    private Instant now = Instant.parse("2022-05-16T06:00:00.000Z");

    public TestViews() {
        this.ledger = TestLedger.create(clock);
        DataSource owner = ledger.owner();
        this.jdbc = new JdbcTemplate(owner);
        this.transactions = new JdbcTransactionManager(owner);
        this.transaction = new TransactionTemplate(transactions);
    }

    public void setNow(Instant instant) {
        now = instant;
    }

    public Instant now() {
        return now;
    }

    /** Appends events of one command to one stream; returns the position of the last. */
    public long append(UUID stream, LedgerEvent... events) {
        int first = nextSeq.getOrDefault(stream, 0);
        List<EncodedEvent> encoded = new ArrayList<>();
        UUID command = UUID.randomUUID();
        for (LedgerEvent event : events) {
            UUID id = UUID.randomUUID();
            EventCatalog.Entry entry = codec.catalog().of(event.getClass());
            byte[] metadata = codec.encodeMetadata(
                    new EventMetadata(command, null, command, command, Role.SYSTEM, "AAECAwQFBgcICQoLDA0ODw"));
            encoded.add(new EncodedEvent(
                    id, entry.name(), entry.version(), metadata, codec.encode(id, event, new OpenVault())));
        }
        nextSeq.put(stream, first + events.length);
        return ledger.writer()
                .append(new AppendRequest(command, new byte[0], List.of(new StreamAppend(stream, first, encoded))))
                .join()
                .lastPosition();
    }

    public void create(Projection projection) {
        transaction.executeWithoutResult(_ -> new ViewSchema(projection.name(), jdbc).create(projection));
    }

    /** Folds what the live view has not seen yet, in pages. */
    public void catchUp(Projection projection, int pageSize) {
        fold(projection, reader().head(), pageSize);
    }

    /** Folds up to a position. */
    public void catchUpTo(Projection projection, long position) {
        fold(projection, position, 1_000);
    }

    private void fold(Projection projection, long upTo, int pageSize) {
        ViewSchema live = new ViewSchema(projection.name(), jdbc);
        RecordedEvents events = RecordedEvents.of(codec, new OpenVault(), projection.reads());
        reader().scan(
                        live.position(),
                        upTo,
                        pageSize,
                        page -> transaction.executeWithoutResult(_ -> {
                            projection.apply(events.read(page), live);
                            live.reached(page.getLast().position());
                        }));
    }

    public Rebuild rebuild() {
        return new Rebuild(reader(), codec, new OpenVault(), jdbc, transaction, letters(jdbc));
    }

    /** @return letters of views that this login makes, by the clock of the ledger */
    public DeadLetters letters(JdbcTemplate login) {
        DeadLetters letters = new DeadLetters(login, clock);
        letters.create();
        return letters;
    }

    public Tenants tenants() {
        return new Tenants(jdbc, transactions);
    }

    public void erase(UUID person) {
        erased.add(person);
    }

    public EventCodec codec() {
        return codec;
    }

    public PersonalVault vault() {
        return new OpenVault();
    }

    public LedgerReader reader() {
        return ledger.reader();
    }

    public JdbcTemplate jdbc() {
        return jdbc;
    }

    @Override
    public void close() {
        ledger.close();
    }

    /** Leaves fields readable; sealing is the store's business and tested there. */
    private final class OpenVault implements PersonalVault {
        @Override
        public SealedField seal(FieldContext context, UUID person, byte[] plaintext) {
            return new SealedField(person, new byte[12], plaintext);
        }

        @Override
        public Optional<Opened> open(FieldContext context, SealedField field) {
            assert context.dataClass() != DataClass.ANSWERS || field.ciphertext().length > 0;
            return erased.contains(field.kid())
                    ? Optional.empty()
                    : Optional.of(new Opened(field.kid(), field.ciphertext()));
        }
    }
}
