/** Opens campaigns, lets learners take part and share their results. */
@NullMarked
package fr.grandlivre.command.campaign;

import org.jspecify.annotations.NullMarked;
