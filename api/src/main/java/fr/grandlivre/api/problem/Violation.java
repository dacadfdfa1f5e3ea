package fr.grandlivre.api.problem;

/**
 * One field of a request that cannot be accepted.
 *
 * @param pointer JSON Pointer into the body, or {@code /name} of a parameter; empty for the whole
 * @param code    stable name for programs, for example {@code date.future}; its sentence is {@code violation.<code>}
 */
public record Violation(String pointer, String code) {}
