/// Tests of the serving end: the reader over plain buffers, the server over loopback sockets.
@NullMarked
package io.larder.transport.server;

import org.jspecify.annotations.NullMarked;
