/// Tests of the platform, and what other rooms test with: [FaultyDisk], [MemoryDisk] with its [PowerCut], and [FakeTicker].
@NullMarked
package io.larder.platform;

import org.jspecify.annotations.NullMarked;
