/// A live tracker on loopback, raw sockets as its clients and storages, and the tests that speak to it.
@NullMarked
package io.larder.tracker;

import org.jspecify.annotations.NullMarked;
