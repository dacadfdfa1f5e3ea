/** Planted violations. */
@NullMarked
package fr.grandlivre.planted.readings.api;

import org.jspecify.annotations.NullMarked;
