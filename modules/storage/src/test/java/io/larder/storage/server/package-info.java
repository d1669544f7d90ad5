/// Tests of the native server: real sockets, a real store in a temporary folder, the frames of S1 §1 and §4.
@NullMarked
package io.larder.storage.server;

import org.jspecify.annotations.NullMarked;
