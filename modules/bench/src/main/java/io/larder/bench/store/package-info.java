/// JMH cases of the storage engine: what an upload pays besides the disk.
@NullMarked
package io.larder.bench.store;

import org.jspecify.annotations.NullMarked;
