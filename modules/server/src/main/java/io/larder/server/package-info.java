/// The runnable node and its command line. Only io.larder.server.node knows the whole graph of roles.
@NullMarked
package io.larder.server;

import org.jspecify.annotations.NullMarked;
