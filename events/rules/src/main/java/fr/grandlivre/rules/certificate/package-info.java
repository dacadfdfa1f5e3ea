/** How long a certificate is valid, and what it is worth on a day. */
@NullMarked
package fr.grandlivre.rules.certificate;

import org.jspecify.annotations.NullMarked;
