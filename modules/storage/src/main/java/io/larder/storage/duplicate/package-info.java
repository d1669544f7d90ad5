/// The index of duplicates in SQLite: the only place that knows it. What the index means is the store's
/// (`io.larder.store.duplicate`).
@NullMarked
package io.larder.storage.duplicate;

import org.jspecify.annotations.NullMarked;
