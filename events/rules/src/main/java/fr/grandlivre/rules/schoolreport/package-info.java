/** The line of the certification in the school report. */
@NullMarked
package fr.grandlivre.rules.schoolreport;

import org.jspecify.annotations.NullMarked;
