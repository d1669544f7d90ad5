/// Storing the same content once: what content is known by, how hidden sources are named, and the port of the index that
/// finds them. What the index says follows from the binlog; which engine keeps it is not known here.
@NullMarked
package io.larder.store.duplicate;

import org.jspecify.annotations.NullMarked;
