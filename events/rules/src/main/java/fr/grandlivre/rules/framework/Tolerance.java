package fr.grandlivre.rules.framework;

/** What a text answer may differ in from its solution (domain rules, tolerances). */
public enum Tolerance {
    /** Case, accents and white space. */
    T1,
    /** Punctuation. */
    T2,
    /** Small typing errors: an edit distance of at most a quarter of the answer's length. */
    T3
}
