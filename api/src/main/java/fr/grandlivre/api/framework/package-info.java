/** The reference framework for programs and people. */
@NullMarked
package fr.grandlivre.api.framework;

import org.jspecify.annotations.NullMarked;
