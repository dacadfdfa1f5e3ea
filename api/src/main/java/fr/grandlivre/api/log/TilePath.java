package fr.grandlivre.api.log;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The end of a tile's address: its index in groups of three digits, all but the last with an {@code x}, and its width
 * when it is not full: {@code x001/x234/067.p/44}.
 *
 * @param index from 0
 * @param width 1 to {@value #FULL}
 * @see <a href="https://c2sp.org/tlog-tiles">C2SP tlog-tiles</a>
 */
record TilePath(long index, int width) {
    static final int FULL = 256;

    // The first group is never 000 unless it is the only one; 2^63 has 19 digits.
    private static final Pattern FORM =
            Pattern.compile("/(?<groups>(?!x000/)(?:x\\d{3}/){0,5}\\d{3})(?:\\.p/(?<width>[1-9]\\d{0,2}))?");

    /**
     * @param path as {@code {*index}} captures it, with its first slash
     * @throws ProblemException {@code not-found} when it is written in any other way
     */
    static TilePath parse(String path) {
        Matcher form = FORM.matcher(path);
        if (!form.matches()) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        String partial = form.group("width");
        int width = partial == null ? FULL : Integer.parseInt(partial);
        if (partial != null && width >= FULL) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        return new TilePath(Long.parseLong(form.group("groups").replaceAll("[x/]", "")), width);
    }
}
