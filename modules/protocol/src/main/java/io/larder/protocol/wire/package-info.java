/// The native protocol on the wire: the command table, one record per request and per reply, and the
/// two classes that count offsets. Pure codecs over `ByteBuf`: no sockets, no state of a server, no
/// rule about what a request means. File bytes never pass through here, only the heads in front of them.
@NullMarked
package io.larder.protocol.wire;

import org.jspecify.annotations.NullMarked;
