/** School-report lines of the head's own establishment: pages and the interface for its software. */
@NullMarked
package fr.grandlivre.api.schoolreport;

import org.jspecify.annotations.NullMarked;
