/// Addresses of peers: who may connect, and the text form `host:port` that the protocol uses. Nothing here connects.
@NullMarked
package io.larder.transport.address;

import org.jspecify.annotations.NullMarked;
