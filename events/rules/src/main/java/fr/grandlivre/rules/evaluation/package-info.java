/** From answers to knowledge, levels, explanations and the next challenge. */
@NullMarked
package fr.grandlivre.rules.evaluation;

import org.jspecify.annotations.NullMarked;
