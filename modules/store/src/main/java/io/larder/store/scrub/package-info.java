/// What a scrubber may say about stored content: rules, and the reading that they need, for the check of a data directory
/// at rest and for the one of a running node. Nothing here repairs or reports.
@NullMarked
package io.larder.store.scrub;

import org.jspecify.annotations.NullMarked;
