package io.larder.transport.peer;

import io.netty.buffer.ByteBuf;

/// A reply: a refusal has an empty body.
///
/// @param status 0 or the errno number of the refusal
/// @param body the bytes, on the heap: nobody has to release them
public record PeerReply(int status, ByteBuf body) {}
