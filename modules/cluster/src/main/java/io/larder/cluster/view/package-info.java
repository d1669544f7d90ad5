/// What is known of groups, storages and trackers, as immutable values that any thread may read. Values only: the rules that change them are in `report`, `join` and `registry`.
@NullMarked
package io.larder.cluster.view;

import org.jspecify.annotations.NullMarked;
