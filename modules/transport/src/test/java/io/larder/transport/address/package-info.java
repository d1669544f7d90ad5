/// Tests of who may connect.
@NullMarked
package io.larder.transport.address;

import org.jspecify.annotations.NullMarked;
