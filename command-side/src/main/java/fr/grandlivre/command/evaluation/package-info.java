/** Records answers and the levels they move; improvement, reset, tutorials. */
@NullMarked
package fr.grandlivre.command.evaluation;

import org.jspecify.annotations.NullMarked;
