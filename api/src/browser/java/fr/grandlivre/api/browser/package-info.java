/** The pages as people meet them, in a real browser: {@code mvn -Pbrowser}. */
@NullMarked
package fr.grandlivre.api.browser;

import org.jspecify.annotations.NullMarked;
