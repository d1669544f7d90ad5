/// Tests of what is decided about duplicates.
@NullMarked
package io.larder.store.duplicate;

import org.jspecify.annotations.NullMarked;
