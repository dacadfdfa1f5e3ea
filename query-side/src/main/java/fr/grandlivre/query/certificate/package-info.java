/** Whole certificates, for their holders and for juries. */
@NullMarked
package fr.grandlivre.query.certificate;

import org.jspecify.annotations.NullMarked;
