/// One request, one reply, as records of `protocol.wire`: the step between frames and operations, for Larder's own
/// nodes as well. Which server to ask is not decided here.
@NullMarked
package io.larder.client.exchange;

import org.jspecify.annotations.NullMarked;
