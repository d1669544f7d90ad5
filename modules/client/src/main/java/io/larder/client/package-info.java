/// The public Java client of the native protocol, for applications and for Larder's own nodes.
@NullMarked
package io.larder.client;

import org.jspecify.annotations.NullMarked;
