/** What goes wrong and how it is said: problem documents for programs, pages for people. */
@NullMarked
package fr.grandlivre.api.problem;

import org.jspecify.annotations.NullMarked;
