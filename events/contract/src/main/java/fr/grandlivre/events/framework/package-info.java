/** The reference framework: versions, challenges withdrawn and restored. */
@NullMarked
package fr.grandlivre.events.framework;

import org.jspecify.annotations.NullMarked;
