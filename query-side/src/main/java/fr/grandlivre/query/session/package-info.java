/** Certification sessions as heads, invigilators and juries see them. */
@NullMarked
package fr.grandlivre.query.session;

import org.jspecify.annotations.NullMarked;
