/** What a verification code answers. */
@NullMarked
package fr.grandlivre.query.verification;

import org.jspecify.annotations.NullMarked;
