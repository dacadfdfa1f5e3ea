package fr.grandlivre.bench.learners;

import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;

/** Arguments with which a program of the bench starts the application. */
public final class ApplicationSettings {
    /** Who owns the tables. */
    public static final String OWNER = "postgres";

    /** Who the application is to the database. */
    public static final String USER = "grandlivre";

    private ApplicationSettings() {}

    /** @param url from one of the two users to the address under which the application finds its database */
    public static List<String> database(UnaryOperator<String> url) {
        return List.of(
                "--spring.datasource.url=" + url.apply(USER),
                "--spring.datasource.username=" + USER,
                "--spring.datasource.password=",
                "--spring.flyway.url=" + url.apply(OWNER),
                "--spring.flyway.user=" + OWNER);
    }

    /** @param keys where the provider of identities publishes its own */
    public static String trusting(URI keys) {
        return "--spring.security.oauth2.resourceserver.jwt.jwk-set-uri=" + keys;
    }
}
