/// Tests of the space in trunk files, on real folders; a model of the reference's rules shows what must not happen.
@NullMarked
package io.larder.store.trunk;

import org.jspecify.annotations.NullMarked;
