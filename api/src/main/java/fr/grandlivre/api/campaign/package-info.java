/** Campaigns and what classes need: pages of learners and teachers, and the interface for their programs. */
@NullMarked
package fr.grandlivre.api.campaign;

import org.jspecify.annotations.NullMarked;
