/// The formats of files on disk, those of storages and of trackers, to the byte: text in, value out and
/// back. Nothing here opens a file or knows when one is written; paths are texts relative to a base or
/// store path. Formats of our own files (`.larder`) do not belong here.
@NullMarked
package io.larder.protocol.disk;

import org.jspecify.annotations.NullMarked;
