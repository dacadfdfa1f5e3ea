/** What anybody may learn from a verification code. */
@NullMarked
package fr.grandlivre.api.verification;

import org.jspecify.annotations.NullMarked;
