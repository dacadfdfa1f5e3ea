/** Verification codes, keys and names as people type them. */
@NullMarked
package fr.grandlivre.rules.verification;

import org.jspecify.annotations.NullMarked;
