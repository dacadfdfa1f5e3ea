/** The reference framework: versions, content, exact pix values and the checks of what is shipped. */
@NullMarked
package fr.grandlivre.rules.framework;

import org.jspecify.annotations.NullMarked;
