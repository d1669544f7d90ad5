/// The native protocol by hand: frames put together byte by byte and sockets that hide nothing. It knows nothing of the
/// codecs of the product, so that a mistake there cannot excuse itself here.
@NullMarked
package io.larder.conformance.wire;

import org.jspecify.annotations.NullMarked;
