package fr.grandlivre.command;

import fr.grandlivre.events.LedgerEvent;
import java.util.List;
import java.util.Map;

/**
 * What a decider answers. A refusal is a result and not an exception: an exception would evict the aggregate from the
 * cache, so that a client could keep it cold.
 */
public sealed interface Decision {
    /**
     * The command is accepted.
     *
     * @param events what happened, in order; empty when the act was already done
     */
    record Accepted(List<LedgerEvent> events) implements Decision {
        private static final Accepted NOTHING = new Accepted(List.of());

        public Accepted {
            events = List.copyOf(events);
        }

        public Accepted(LedgerEvent... events) {
            this(List.of(events));
        }

        /** @return success without any event: the act was already done */
        public static Accepted nothing() {
            return NOTHING;
        }
    }

    /**
     * The command is refused by a rule; the ledger is unchanged.
     *
     * @param code   which rule
     * @param fields facts that help the caller, by name; no personal data, never null values
     */
    record Refused(Refusal code, Map<String, Object> fields) implements Decision {
        public Refused {
            fields = Map.copyOf(fields);
        }

        public Refused(Refusal code) {
            this(code, Map.of());
        }

        public Refused(Refusal code, String field, Object value) {
            this(code, Map.of(field, value));
        }
    }
}
