/** Planted violations. */
@NullMarked
package fr.grandlivre.planted.readings.query;

import org.jspecify.annotations.NullMarked;
