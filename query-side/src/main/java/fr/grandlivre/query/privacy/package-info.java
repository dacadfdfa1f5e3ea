/** Who read what, as the person concerned sees it. */
@NullMarked
package fr.grandlivre.query.privacy;

import org.jspecify.annotations.NullMarked;
