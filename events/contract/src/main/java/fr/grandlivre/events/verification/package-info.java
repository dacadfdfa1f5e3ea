/** Verification codes. */
@NullMarked
package fr.grandlivre.events.verification;

import org.jspecify.annotations.NullMarked;
