package fr.grandlivre.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A peer: message-db, an event store that is SQL functions in PostgreSQL. One call of {@code write_message} an event, with
 * the expected version of its stream, one connection a caller, one transaction a call. Its order of positions holds within
 * a category because a category is written by one transaction at a time; more categories give up the order among them.
 */
final class MessageDb {
    static final String ONE_CATEGORY = "message-db 1.3.1, one category";
    static final String CATEGORIES = "message-db 1.3.1, 64 categories";

    private static final int MANY = 64;

    /** As {@link SheetCommands}: then the caller goes on with a new stream. */
    private static final int ANSWERS_IN_A_STREAM = 40;

    private static final String WRITE = "select message_store.write_message(?, ?, ?, ?::jsonb, ?::jsonb, ?)";

    private final DataSource connections;
    private final Answers answers;
    private final AtomicInteger nextCategory = new AtomicInteger();

    private MessageDb(DataSource connections, Answers answers) {
        this.connections = connections;
        this.answers = answers;
    }

    /** @return the {@code database} folder of its package, where {@code ops/bin/bench} put it; empty without network */
    static Optional<Path> fetched() {
        return Optional.ofNullable(System.getProperty("bench.message-db")).map(Path::of);
    }

    /**
     * Installs it into a database, from the files of its package: schema, table, type, functions and indexes. Its random
     * UUIDs are PostgreSQL's own by now, so that pgcrypto is not wanted.
     *
     * @param directory where the package's {@code database} folder is; empty where it was not fetched
     */
    static Optional<MessageDb> install(Optional<Path> directory, PGSimpleDataSource owner, Answers answers)
            throws IOException, SQLException {
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        owner.setCurrentSchema("message_store,public");
        Server.execute(owner, "create schema message_store");
        for (String part : List.of("tables", "types", "functions", "indexes")) {
            for (Path file : files(directory.get().resolve(part))) {
                Server.execute(owner, Files.readString(file));
            }
        }
        return Optional.of(new MessageDb(owner, answers));
    }

    /** Bodies of functions are not looked into before they run: any order will do. */
    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.sql")) {
            all.forEach(files::add);
        }
        files.sort(null);
        return files;
    }

    /** @return all streams in one category, streams spread over 64 of them */
    List<AppendSubject> subjects() {
        return List.of(new Way(ONE_CATEGORY, 1), new Way(CATEGORIES, MANY));
    }

    private final class Way implements AppendSubject {
        private final String name;
        private final int categories;

        Way(String name, int categories) {
            this.name = name;
            this.categories = categories;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Caller caller() throws SQLException {
            return new Writer("evaluation" + nextCategory.getAndIncrement() % categories);
        }

        @Override
        public long head() throws SQLException {
            return RawInserts.number(
                    connections, "select coalesce(max(global_position), 0) from message_store.messages");
        }

        @Override
        public Stored storedAfter(long position) throws SQLException {
            return Stored.oneByOne(RawInserts.number(
                    connections, "select count(*) from message_store.messages where global_position > " + position));
        }
    }

    private final class Writer implements Caller {
        private final String category;
        private final Connection connection;
        private final PreparedStatement write;
        private String stream = "";
        private int version = ANSWERS_IN_A_STREAM - 1;

        Writer(String category) throws SQLException {
            this.category = category;
            this.connection = connections.getConnection();
            this.write = connection.prepareStatement(WRITE);
        }

        @Override
        public void call() throws SQLException {
            if (version == ANSWERS_IN_A_STREAM - 1) {
                stream = category + "-" + UUID.randomUUID();
                version = -1;
            }
            Answers.Answer answer = answers.next();
            write.setString(1, UUID.randomUUID().toString());
            write.setString(2, stream);
            write.setString(3, "evaluation.answer-recorded");
            write.setString(4, new String(answer.payload(), StandardCharsets.UTF_8));
            write.setString(5, new String(answer.metadataBytes(), StandardCharsets.UTF_8));
            write.setLong(6, version);
            try (ResultSet written = write.executeQuery()) {
                written.next();
                version = (int) written.getLong(1);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
