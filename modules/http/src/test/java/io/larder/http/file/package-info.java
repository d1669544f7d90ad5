/// The rules of downloads, tried without a socket.
@NullMarked
package io.larder.http.file;

import org.jspecify.annotations.NullMarked;
