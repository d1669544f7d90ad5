/// Which group, storage and path a client is sent to. Pure rules on a view; the only thing they move is the turn of a rotation.
@NullMarked
package io.larder.cluster.select;

import org.jspecify.annotations.NullMarked;
