/** What campaigns mean: codes, what is left to ask, what the school sees, what a class needs. */
@NullMarked
package fr.grandlivre.rules.campaign;

import org.jspecify.annotations.NullMarked;
