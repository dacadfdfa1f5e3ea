package fr.grandlivre.events.upcast;

import tools.jackson.databind.node.ObjectNode;

/** Version 1 counted whole seconds; version 2 counts milliseconds. An answer without a time took 0. */
final class AnswerRecordedV1ToV2 implements Upcast {
    @Override
    public String type() {
        return "evaluation.answer-recorded";
    }

    @Override
    public int from() {
        return 1;
    }

    @Override
    public ObjectNode apply(ObjectNode payload) {
        long seconds = payload.path("elapsedSeconds").asLong(0);
        payload.remove("elapsedSeconds");
        return payload.put("elapsedMs", Math.multiplyExact(seconds, 1000L));
    }
}
