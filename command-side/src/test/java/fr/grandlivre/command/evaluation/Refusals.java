package fr.grandlivre.command.evaluation;

import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import org.axonframework.commandhandling.CommandResultMessage;
import org.hamcrest.CustomTypeSafeMatcher;
import org.hamcrest.Matcher;

/** What a fixture expects of a refusal whose fields do not matter. */
final class Refusals {
    private Refusals() {}

    static Matcher<CommandResultMessage<?>> withCode(Refusal code) {
        return new CustomTypeSafeMatcher<>("a refusal " + code.code()) {
            @Override
            protected boolean matchesSafely(CommandResultMessage<?> result) {
                return result.getPayload() instanceof Refused refused && refused.code() == code;
            }
        };
    }
}
