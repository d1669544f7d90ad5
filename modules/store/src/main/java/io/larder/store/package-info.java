/// The storage engine of one host: files, metadata, binlog. Its facade never blocks; the work is done by the threads of each store path.
@NullMarked
package io.larder.store;

import org.jspecify.annotations.NullMarked;
