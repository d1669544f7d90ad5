/// What a log says of millions of names, sorted in a fixed amount of memory, for whoever walks a store path beside it. Nothing
/// here looks at stored files.
@NullMarked
package io.larder.store.names;

import org.jspecify.annotations.NullMarked;
