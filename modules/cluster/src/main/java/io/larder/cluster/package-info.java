/// Pure rules of membership, status and selection, and the ports of the control plane. No socket, no thread, no clock of its own.
@NullMarked
package io.larder.cluster;

import org.jspecify.annotations.NullMarked;
