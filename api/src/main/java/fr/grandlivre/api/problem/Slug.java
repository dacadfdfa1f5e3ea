package fr.grandlivre.api.problem;

import fr.grandlivre.api.request.WireName;
import java.util.Arrays;
import java.util.Optional;

/** Every kind of problem the interface can answer with; each has a page {@code /problemes/{slug}}. */
public enum Slug {
    MALFORMED_REQUEST(400),
    IDEMPOTENCY_KEY_MISSING(400),
    INVALID_CURSOR(400),
    UNAUTHENTICATED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    CERTIFICATE_NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    REFUSED_BY_RULE(409),
    LEGAL_HOLD(409),
    NOT_SEALED_YET(409),
    COMMAND_IN_PROGRESS(409),
    EXAM_TAKEN_OVER(409),
    SHARE_ENDED(410),
    STALE_VERSION(412),
    PAYLOAD_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    VALIDATION(422),
    INVALID_CODE(422),
    IDEMPOTENCY_KEY_REUSED(422),
    DATE_IN_FUTURE(422),
    PRECONDITION_REQUIRED(428),
    RATE_LIMITED(429),
    INTERNAL(500),
    OVERLOADED(503),
    VIEW_BEHIND(503),
    CLOSED_FOR_RESTORE(503);

    private final int status;

    Slug(int status) {
        this.status = status;
    }

    /** @return HTTP status that goes with it */
    public int status() {
        return status;
    }

    /** @return name in addresses and message bundles, in kebab case */
    public String text() {
        return WireName.of(this);
    }

    /** @return the slug of that name; empty when there is none */
    public static Optional<Slug> of(String text) {
        return Arrays.stream(values()).filter(slug -> slug.text().equals(text)).findFirst();
    }

    /** @return what to say about a status when nothing more is known; unknown client errors are malformed requests */
    public static Slug forStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 409 -> REFUSED_BY_RULE;
            case 410 -> SHARE_ENDED;
            case 412 -> STALE_VERSION;
            case 413 -> PAYLOAD_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 422 -> VALIDATION;
            case 428 -> PRECONDITION_REQUIRED;
            case 429 -> RATE_LIMITED;
            case 503 -> OVERLOADED;
            default -> status >= 400 && status < 500 ? MALFORMED_REQUEST : INTERNAL;
        };
    }
}
