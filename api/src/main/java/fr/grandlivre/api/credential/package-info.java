/** Certificates as portable credentials: Open Badges 3.0 with two proofs, the issuer's keys, the published status lists. */
@NullMarked
package fr.grandlivre.api.credential;

import org.jspecify.annotations.NullMarked;
