/// The HTTP role over real sockets and a real store.
@NullMarked
package io.larder.http;

import org.jspecify.annotations.NullMarked;
