/// Tests of the sorting of names.
@NullMarked
package io.larder.store.names;

import org.jspecify.annotations.NullMarked;
