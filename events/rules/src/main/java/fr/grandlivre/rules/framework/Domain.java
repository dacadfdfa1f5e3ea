package fr.grandlivre.rules.framework;

import java.util.List;

/**
 * A group of competences.
 *
 * @param code        1 to 5
 * @param title       its name in this version
 * @param competences by code, never empty
 */
public record Domain(String code, Text title, List<Competence> competences) {}
