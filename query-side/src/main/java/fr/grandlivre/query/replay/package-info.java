/** Rebuilds a view beside the live one, compares, and switches. */
@NullMarked
package fr.grandlivre.query.replay;

import org.jspecify.annotations.NullMarked;
