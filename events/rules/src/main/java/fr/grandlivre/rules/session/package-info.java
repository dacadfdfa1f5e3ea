/** Certifiability, composition, time and scoring of exams. */
@NullMarked
package fr.grandlivre.rules.session;

import org.jspecify.annotations.NullMarked;
