/** Shows: what every feature's projections and queries stand on. */
@NullMarked
package fr.grandlivre.query;

import org.jspecify.annotations.NullMarked;
