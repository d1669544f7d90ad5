/// The tracker role: answers clients and storages by the native protocol from the registry of the cluster.
@NullMarked
package io.larder.tracker;

import org.jspecify.annotations.NullMarked;
