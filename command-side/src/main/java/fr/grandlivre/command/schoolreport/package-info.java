/** Publishes the versions of the rule of the mention. */
@NullMarked
package fr.grandlivre.command.schoolreport;

import org.jspecify.annotations.NullMarked;
