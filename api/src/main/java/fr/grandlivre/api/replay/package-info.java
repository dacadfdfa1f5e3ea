/** Views built again from the ledger: compared for auditors, exchanged for operators; the jobs that do so. */
@NullMarked
package fr.grandlivre.api.replay;

import org.jspecify.annotations.NullMarked;
