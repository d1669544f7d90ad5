/// The native protocol on sockets, both ends: framing, sessions, back-pressure, time-outs. It knows frames, not what they mean.
@NullMarked
package io.larder.transport;

import org.jspecify.annotations.NullMarked;
