/** Events of campaigns and of learners' participations in them. */
@NullMarked
package fr.grandlivre.events.campaign;

import org.jspecify.annotations.NullMarked;
