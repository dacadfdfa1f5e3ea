/** Records who read what of whom. */
@NullMarked
package fr.grandlivre.command.privacy;

import org.jspecify.annotations.NullMarked;
