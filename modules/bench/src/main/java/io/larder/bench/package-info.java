/// Benchmarks of the hot paths. Nothing else depends on this module.
@NullMarked
package io.larder.bench;

import org.jspecify.annotations.NullMarked;
