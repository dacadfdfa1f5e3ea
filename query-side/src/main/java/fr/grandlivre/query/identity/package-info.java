/** Reads who may sign in and which programs may call. */
@NullMarked
package fr.grandlivre.query.identity;

import org.jspecify.annotations.NullMarked;
