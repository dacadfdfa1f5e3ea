/** What it means: pure folds and formulas that deciders, explanations and recounts share. */
@NullMarked
package fr.grandlivre.rules;

import org.jspecify.annotations.NullMarked;
