/** Certification centres, sessions, candidates and exams. */
@NullMarked
package fr.grandlivre.events.session;

import org.jspecify.annotations.NullMarked;
