/// The public Java client of the native protocol, for applications and for Larder's own nodes: find a storage through
/// the trackers, store, change and read files, ask about groups and storages. It keeps no state but connections and the
/// turn of the trackers; nothing of a server's insides may be known here.
@NullMarked
package io.larder.client;

import org.jspecify.annotations.NullMarked;
