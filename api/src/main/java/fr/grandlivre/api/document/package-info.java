/** Pages of paper: PDF that archives keep (PDF/A-3a) and screen readers read (PDF/UA-1), made from templates. */
@NullMarked
package fr.grandlivre.api.document;

import org.jspecify.annotations.NullMarked;
