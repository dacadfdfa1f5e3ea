package fr.grandlivre.api.frame;

import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.query.audit.Subject;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/** What every operation of the OpenAPI description shares. */
@Configuration(proxyBeanMethods = false)
class InterfaceDescription {
    private static final String PROBLEM = "Problem";
    private static final String OWN = "/api/v1/";

    private static final Set<String> ANY_TYPE =
            new LinkedHashSet<>(List.of("object", "array", "string", "number", "boolean", "null"));

    static {
        // Described once, as a header.
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(CommandKey.class)
                .replaceWithSchema(
                        JsonNode.class, new JsonSchema().types(ANY_TYPE).description("any JSON value"));
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Grand Livre")
                        .version("v1")
                        .description(
                                "A public ledger of digital skills. Errors follow RFC 9457; bodies are strict JSON;"
                                        + " every request that changes the ledger carries an Idempotency-Key.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/")))
                .components(new Components()
                        .addSecuritySchemes(
                                "token",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT"))
                        .addSchemas(PROBLEM, problem())
                        .addResponses(
                                PROBLEM,
                                new ApiResponse()
                                        .description("A problem of the catalogue /developpeurs#problemes")
                                        .content(new Content()
                                                .addMediaType(
                                                        "application/problem+json",
                                                        new MediaType()
                                                                .schema(new Schema<>()
                                                                        .$ref("#/components/schemas/" + PROBLEM))))))
                .addSecurityItem(new SecurityRequirement().addList("token"));
    }

    @Bean
    ModelResolver schemas() {
        return new ModelResolver(Json31.mapper(), new SchemaNames()).openapi31(true);
    }

    @Bean
    OperationCustomizer commandsCarryAKey() {
        return (operation, handler) -> {
            if (Arrays.stream(handler.getMethodParameters())
                    .anyMatch(parameter -> parameter.getParameterType().equals(CommandKey.class))) {
                operation.addParametersItem(new Parameter()
                        .in("header")
                        .name(CommandKey.HEADER)
                        .required(true)
                        .schema(new Schema<>().type("string").format("uuid")));
                ApiResponses answers = operation.getResponses();
                ApiResponse done = answers.get("200");
                if (done != null && answers.get("201") == null) {
                    answers.addApiResponse(
                            "201",
                            new ApiResponse().description("Something new").content(done.getContent()));
                }
            }
            return operation;
        };
    }

    /** One enumeration for every operation that names a view of the audit. */
    @Bean
    OpenApiCustomizer auditHasItsViews() {
        List<String> words =
                Arrays.stream(Subject.View.values()).map(Subject.View::word).toList();
        return description -> description.getPaths().forEach((path, operations) -> {
            if (path.startsWith(OWN + "audit/{view}")) {
                operations.readOperations().stream()
                        .flatMap(operation -> operation.getParameters().stream())
                        .filter(parameter -> parameter.getName().equals("view"))
                        .forEach(parameter -> parameter.setSchema(
                                new JsonSchema().types(Set.of("string"))._enum(List.copyOf(words))));
            }
        });
    }

    @Bean
    OpenApiCustomizer everyOperationMayFail() {
        return description -> description.getPaths().forEach((path, operations) -> {
            ApiResponse failure = path.startsWith(OWN)
                    ? new ApiResponse().$ref("#/components/responses/" + PROBLEM)
                    : jsonApiErrors();
            operations
                    .readOperations()
                    .forEach(operation -> operation.getResponses().addApiResponse("default", failure));
        });
    }

    /** What partners' software expects of addresses that are not of our making. */
    private static ApiResponse jsonApiErrors() {
        return new ApiResponse()
                .description("Errors as JSON:API says; a problem when the request could not even be read")
                .content(new Content()
                        .addMediaType("application/json", new MediaType().schema(new Schema<>().type("object")))
                        .addMediaType(
                                "application/problem+json",
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
    }

    private static Schema<?> problem() {
        Schema<?> violation = new Schema<>()
                .type("object")
                .addProperty("pointer", new Schema<>().type("string"))
                .addProperty("code", new Schema<>().type("string"))
                .addProperty("detail", new Schema<>().type("string"));
        return new Schema<>()
                .type("object")
                .addProperty("type", new Schema<>().type("string").format("uri"))
                .addProperty("title", new Schema<>().type("string"))
                .addProperty("status", new Schema<>().type("integer"))
                .addProperty("detail", new Schema<>().type("string"))
                .addProperty("rule", new Schema<>().type("string"))
                .addProperty("violations", new ArraySchema().items(violation))
                .addProperty("traceId", new Schema<>().type("string"))
                .required(List.of("type", "title", "status", "detail", "traceId"));
    }
}
