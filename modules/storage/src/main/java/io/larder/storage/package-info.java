/// The storage role: serves the native protocol from the store and reports to its trackers.
@NullMarked
package io.larder.storage;

import org.jspecify.annotations.NullMarked;
