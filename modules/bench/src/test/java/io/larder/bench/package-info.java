/// The cases run at all; what they measure is looked at by hand.
@NullMarked
package io.larder.bench;

import org.jspecify.annotations.NullMarked;
