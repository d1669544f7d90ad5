/// The port behind which the trackers' knowledge of the cluster lives, with the in-memory adapter, and the form that every change of it has. What the changes mean is in `join`, `report` and `admin`.
@NullMarked
package io.larder.cluster.registry;

import org.jspecify.annotations.NullMarked;
