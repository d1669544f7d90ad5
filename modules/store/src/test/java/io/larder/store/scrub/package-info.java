/// Tests of the rules of a scrubber.
@NullMarked
package io.larder.store.scrub;

import org.jspecify.annotations.NullMarked;
