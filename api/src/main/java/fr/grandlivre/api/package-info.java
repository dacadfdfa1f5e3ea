/** Speaks: the application and its entry point. */
@NullMarked
package fr.grandlivre.api;

import org.jspecify.annotations.NullMarked;
