/** Rosters of the head's own establishment: lists of pupils brought in, classes, corrections. */
@NullMarked
package fr.grandlivre.api.school;

import org.jspecify.annotations.NullMarked;
