/// The facade of the storage engine of one host: jobs that event loops submit through a [StoreLane], and the [Store]
/// behind them. Nothing here blocks the caller; the work is done by the threads of each store path. No wire formats, no
/// sockets, no HTTP live here.
@NullMarked
package io.larder.store;

import org.jspecify.annotations.NullMarked;
