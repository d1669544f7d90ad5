/// Tests of the index of duplicates in SQLite.
@NullMarked
package io.larder.storage.duplicate;

import org.jspecify.annotations.NullMarked;
