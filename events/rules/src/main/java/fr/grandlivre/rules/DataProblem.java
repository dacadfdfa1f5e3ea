package fr.grandlivre.rules;

import java.util.List;

/**
 * Something wrong in a shipped data file.
 *
 * @param where   the file and the place in it
 * @param message what is wrong and what is expected
 */
public record DataProblem(String where, String message) {
    /** @throws IllegalStateException naming the first problem, if there is any */
    public static void refuseAny(List<DataProblem> problems) {
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    problems.size() + " problems in the shipped data; the first: " + problems.getFirst());
        }
    }

    @Override
    public String toString() {
        return where + ": " + message;
    }
}
