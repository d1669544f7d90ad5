/// The native protocol on sockets, both ends: `server` accepts and serves, `peer` connects and asks, `address` says who
/// may and how addresses are written. It knows frames, not what they mean: no command but QUIT and ACTIVE_TEST is
/// named here, and nothing here touches a file.
@NullMarked
package io.larder.transport;

import org.jspecify.annotations.NullMarked;
