/** The pages that belong to no feature: home, sign-in, statements, state, developers, and the layout of all pages. */
@NullMarked
package fr.grandlivre.api.frame;

import org.jspecify.annotations.NullMarked;
