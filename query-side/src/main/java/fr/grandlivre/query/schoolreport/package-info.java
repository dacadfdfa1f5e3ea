/** The school-report mention of each pupil of a class. */
@NullMarked
package fr.grandlivre.query.schoolreport;

import org.jspecify.annotations.NullMarked;
