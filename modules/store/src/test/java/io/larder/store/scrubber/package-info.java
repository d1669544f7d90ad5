/// Tests of the scrub.
@NullMarked
package io.larder.store.scrubber;

import org.jspecify.annotations.NullMarked;
