/// The grammar of `multipart/form-data` (RFC 7578) as it arrives in pieces: pure, bounded, without a copy of any file in
/// memory. It knows nothing of requests or of stores.
@NullMarked
package io.larder.http.multipart;

import org.jspecify.annotations.NullMarked;
