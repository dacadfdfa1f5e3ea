/** Speaks: REST, pages, security and the wiring of the runnable application. */
@NullMarked
package fr.grandlivre.api;

import org.jspecify.annotations.NullMarked;
