/**
 * Seals documents and looks at seals. DSS and Bouncy Castle are used here and nowhere else, and loaded when the first document
 * is made, not at the start.
 */
@NullMarked
package fr.grandlivre.api.seal;

import org.jspecify.annotations.NullMarked;
