/** Certificates from issue to revocation. */
@NullMarked
package fr.grandlivre.events.certificate;

import org.jspecify.annotations.NullMarked;
