/// The folders of a storage on disk: their layout, marks, identity, counters, directories, and the locks that keep two
/// storages apart. Nothing here knows of requests.
@NullMarked
package io.larder.store.folder;

import org.jspecify.annotations.NullMarked;
