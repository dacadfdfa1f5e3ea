package fr.grandlivre.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;

/** One call of {@code ledger.append} on one connection: one round trip, one transaction. For one thread. */
final class AppendCall implements AutoCloseable {
    private static final String SQL =
            "select first_position, statuses, receipt_first, receipt_last from ledger.append(?" + ", ?".repeat(16)
                    + ")";

    private final Connection connection;
    private final EventTypes types;
    private final PreparedStatement statement;
    private final ArrayParameter commandId = ArrayParameter.ofUuids();
    private final ArrayParameter fingerprint = ArrayParameter.ofBytes();
    private final ArrayParameter commandFirst = ArrayParameter.ofInts();
    private final ArrayParameter commandLast = ArrayParameter.ofInts();
    private final ArrayParameter streamCommand = ArrayParameter.ofInts();
    private final ArrayParameter stream = ArrayParameter.ofUuids();
    private final ArrayParameter streamFirstSeq = ArrayParameter.ofInts();
    private final ArrayParameter streamFirst = ArrayParameter.ofInts();
    private final ArrayParameter streamLast = ArrayParameter.ofInts();
    private final ArrayParameter eventCommand = ArrayParameter.ofInts();
    private final ArrayParameter eventStream = ArrayParameter.ofUuids();
    private final ArrayParameter eventSeq = ArrayParameter.ofInts();
    private final ArrayParameter eventType = ArrayParameter.ofShorts();
    private final ArrayParameter eventId = ArrayParameter.ofUuids();
    private final ArrayParameter metadata = ArrayParameter.ofBytes();
    private final ArrayParameter payload = ArrayParameter.ofBytes();

    /** In the order of the parameters of the function, from the second on. */
    private final List<ArrayParameter> arrays = List.of(
            commandId,
            fingerprint,
            commandFirst,
            commandLast,
            streamCommand,
            stream,
            streamFirstSeq,
            streamFirst,
            streamLast,
            eventCommand,
            eventStream,
            eventSeq,
            eventType,
            eventId,
            metadata,
            payload);

    AppendCall(Connection connection, EventTypes types) throws SQLException {
        this.connection = connection;
        this.types = types;
        connection.unwrap(BaseConnection.class).getQueryExecutor().addBinarySendOid(Oid.UUID_ARRAY);
        this.statement = connection.prepareStatement(SQL);
        statement.unwrap(PGStatement.class).setPrepareThreshold(1);
    }

    /** What became of one command of a batch. */
    sealed interface Outcome {
        record Accepted(Appended appended) implements Outcome {}

        record Conflict() implements Outcome {}

        record Repeated(Appended first) implements Outcome {}

        record Reused() implements Outcome {}
    }

    /**
     * @param requests no stream and no command id twice
     * @return the outcomes, in the same order; durable when this returns
     */
    List<Outcome> append(List<AppendRequest> requests, Instant now) throws SQLException {
        fill(requests);
        statement.setObject(1, now.atOffset(ZoneOffset.UTC));
        for (int i = 0; i < arrays.size(); i++) {
            statement.setObject(i + 2, arrays.get(i));
        }
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            long next = row.getLong(1);
            Array statuses = row.getArray(2);
            return statuses == null
                    ? allAccepted(requests, next)
                    : outcomes(
                            requests,
                            next,
                            (Short[]) statuses.getArray(),
                            (Long[]) row.getArray(3).getArray(),
                            (Long[]) row.getArray(4).getArray());
        }
    }

    Connection connection() {
        return connection;
    }

    private void fill(List<AppendRequest> requests) throws SQLException {
        arrays.forEach(ArrayParameter::clear);
        int offset = 0;
        for (int command = 0; command < requests.size(); command++) {
            AppendRequest request = requests.get(command);
            commandId.add(request.commandId());
            fingerprint.add(request.fingerprint());
            commandFirst.add(offset + 1);
            for (StreamAppend append : request.streams()) {
                streamCommand.add(command + 1);
                stream.add(append.stream());
                streamFirstSeq.add(append.firstSeq());
                streamFirst.add(offset + 1);
                int seq = append.firstSeq();
                for (EncodedEvent event : append.events()) {
                    eventCommand.add(command + 1);
                    eventStream.add(append.stream());
                    eventSeq.add(seq++);
                    eventType.add(types.id(connection, event.type(), event.version()));
                    eventId.add(event.eventId());
                    metadata.add(event.metadata());
                    payload.add(event.payload());
                    offset++;
                }
                streamLast.add(offset);
            }
            commandLast.add(offset);
        }
    }

    private static List<Outcome> allAccepted(List<AppendRequest> requests, long first) {
        List<Outcome> outcomes = new ArrayList<>(requests.size());
        long next = first;
        for (AppendRequest request : requests) {
            Outcome.Accepted accepted = accepted(request, next);
            outcomes.add(accepted);
            next = accepted.appended().lastPosition() + 1;
        }
        return outcomes;
    }

    private static Outcome.Accepted accepted(AppendRequest request, long first) {
        StreamAppend last = request.streams().getLast();
        return new Outcome.Accepted(new Appended(
                request.commandId(),
                first,
                first + request.eventCount() - 1,
                last.stream(),
                last.firstSeq() + last.events().size() - 1,
                false));
    }

    private List<Outcome> outcomes(
            List<AppendRequest> requests, long first, Short[] statuses, Long[] receiptFirst, Long[] receiptLast)
            throws SQLException {
        List<Outcome> outcomes = new ArrayList<>(requests.size());
        long next = first;
        for (int i = 0; i < statuses.length; i++) {
            AppendRequest request = requests.get(i);
            switch (statuses[i]) {
                case 0 -> {
                    Outcome.Accepted accepted = accepted(request, next);
                    outcomes.add(accepted);
                    next = accepted.appended().lastPosition() + 1;
                }
                case 1 -> outcomes.add(new Outcome.Conflict());
                case 2 ->
                    outcomes.add(new Outcome.Repeated(
                            Receipts.appended(connection, request.commandId(), receiptFirst[i], receiptLast[i])));
                case 3 -> outcomes.add(new Outcome.Reused());
                default -> throw new IllegalStateException("status " + statuses[i] + " of ledger.append");
            }
        }
        return outcomes;
    }

    @Override
    public void close() {
        closeQuietly(connection);
    }

    static void closeQuietly(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException _) {
            // It was given up already: nothing depends on its end.
        }
    }
}
