/// The rules of uploads, tried without a socket.
@NullMarked
package io.larder.http.upload;

import org.jspecify.annotations.NullMarked;
