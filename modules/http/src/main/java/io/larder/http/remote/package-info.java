/// Files that this node does not have: the port to the rest of the cluster and its form over the native client.
@NullMarked
package io.larder.http.remote;

import org.jspecify.annotations.NullMarked;
