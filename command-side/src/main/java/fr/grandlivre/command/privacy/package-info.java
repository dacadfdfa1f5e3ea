/** Records who read what of whom; erases personal data, or keeps them from being erased. */
@NullMarked
package fr.grandlivre.command.privacy;

import org.jspecify.annotations.NullMarked;
