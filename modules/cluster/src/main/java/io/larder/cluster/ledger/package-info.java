/// The hard state of the trackers behind one port: who leads, and later who owns the trunk files of a group. Only this package may see a consensus engine.
@NullMarked
package io.larder.cluster.ledger;

import org.jspecify.annotations.NullMarked;
