package fr.grandlivre.api.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.vocabulary.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a program on whose behalf it acts. */
@RestController
@Tag(name = "identity")
class CallerResource {
    /**
     * The holder of a token.
     *
     * @param account who
     * @param roles   in what capacities, sorted
     * @param school  UAI of a staff member's establishment
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Holder(
            UUID account, List<String> roles, @Nullable String school) {}

    @GetMapping("/api/v1/me")
    @Allowed(signedIn = true)
    @Operation(
            operationId = "me",
            summary = "Who the token stands for",
            description = "Roles: every signed-in caller. Problems: unauthenticated.")
    Holder me(@Parameter(hidden = true) SignedIn caller) {
        return new Holder(
                caller.account().value(),
                caller.roles().stream()
                        .sorted()
                        .map(Role::name)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList(),
                caller.school().map(uai -> uai.value()).orElse(null));
    }
}
