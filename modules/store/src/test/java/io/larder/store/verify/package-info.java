/// Tests of the check of a data directory at rest.
@NullMarked
package io.larder.store.verify;

import org.jspecify.annotations.NullMarked;
