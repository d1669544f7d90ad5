/// The native server of a storage: requests of clients become jobs of the store, finished jobs become replies (S1 §4).
/// Only the meaning of requests lives here; bytes on sockets are the transport's business, files are the store's.
@NullMarked
package io.larder.storage.server;

import org.jspecify.annotations.NullMarked;
