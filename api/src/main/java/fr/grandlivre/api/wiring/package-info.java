/** Puts the application together: database, clock, settings, start-up refusals. */
@NullMarked
package fr.grandlivre.api.wiring;

import org.jspecify.annotations.NullMarked;
