/** Certificates for their holders and for juries. */
@NullMarked
package fr.grandlivre.api.certificate;

import org.jspecify.annotations.NullMarked;
