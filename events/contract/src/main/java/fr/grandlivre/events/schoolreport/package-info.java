/** The line of the certification in the school report, and what leaves the house as a file. */
@NullMarked
package fr.grandlivre.events.schoolreport;

import org.jspecify.annotations.NullMarked;
