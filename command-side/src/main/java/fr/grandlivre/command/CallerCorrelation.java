package fr.grandlivre.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.correlation.CorrelationDataProvider;

/** Hands down to events who sent the command and what caused it; the fingerprint stays behind. Thread-safe. */
public final class CallerCorrelation implements CorrelationDataProvider {
    private static final List<String> HANDED_DOWN =
            List.of(Caller.ACTOR, Caller.ROLE, Caller.CORRELATION_ID, Caller.CAUSATION_ID);

    @Override
    public Map<String, ?> correlationDataFor(Message<?> message) {
        Map<String, Object> handedDown = new HashMap<>();
        for (String key : HANDED_DOWN) {
            Object value = message.getMetaData().get(key);
            if (value != null) {
                handedDown.put(key, value);
            }
        }
        return handedDown;
    }
}
