/// What a scrubber may say about stored content: rules without a disk of their own, for the check of a data directory
/// at rest and for the one of a running node. Nothing here repairs, reports or waits.
@NullMarked
package io.larder.store.scrub;

import org.jspecify.annotations.NullMarked;
