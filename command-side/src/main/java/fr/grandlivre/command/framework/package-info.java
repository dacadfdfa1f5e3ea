/** Publishes versions of the reference framework, withdraws and restores challenges. */
@NullMarked
package fr.grandlivre.command.framework;

import org.jspecify.annotations.NullMarked;
