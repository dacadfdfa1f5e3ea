/** Who read what of whom. */
@NullMarked
package fr.grandlivre.events.privacy;

import org.jspecify.annotations.NullMarked;
