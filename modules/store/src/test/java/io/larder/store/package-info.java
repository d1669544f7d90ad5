/// Tests of the store, on real folders of 4 x 4 directories.
@NullMarked
package io.larder.store;

import org.jspecify.annotations.NullMarked;
