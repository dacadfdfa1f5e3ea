/** Who read what of whom; what was erased, and what must be kept. */
@NullMarked
package fr.grandlivre.events.privacy;

import org.jspecify.annotations.NullMarked;
