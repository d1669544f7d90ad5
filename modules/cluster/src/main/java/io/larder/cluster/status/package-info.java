/// The status of a storage as one tracker sees it, and the rules by which it changes. Pure: no clock, no registry, no wire.
@NullMarked
package io.larder.cluster.status;

import org.jspecify.annotations.NullMarked;
