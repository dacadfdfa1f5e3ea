/** For users who outgrow one database: publishes the ledger to a Kafka topic, and reads it back in the order of positions. */
@NullMarked
package fr.grandlivre.relay;

import org.jspecify.annotations.NullMarked;
