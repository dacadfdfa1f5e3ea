/** Readings of personal data: recorded before the data leave, shown to the person concerned. */
@NullMarked
package fr.grandlivre.api.privacy;

import org.jspecify.annotations.NullMarked;
