/// The grammar of forms, tried piece by piece.
@NullMarked
package io.larder.http.multipart;

import org.jspecify.annotations.NullMarked;
