/// How storages are known: by address or by an id from a list. Rules of joining and routing use these; nothing here knows
/// the state of the cluster.
@NullMarked
package io.larder.cluster.identity;

import org.jspecify.annotations.NullMarked;
