/// Tests of how a node is put together.
@NullMarked
package io.larder.server.node;

import org.jspecify.annotations.NullMarked;
